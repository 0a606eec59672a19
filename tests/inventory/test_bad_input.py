"""Input that must be refused: with a code, a place, a next step, and never the value itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from stackaudit.inventory.reader import Budget, read_document
from tests.inventory.reading import problems, problems_in

SECRET = "hunter2hunter2hunter2"

NOT_NUMBERS = ("010", "1_000", "12:30", "0x1F", "1e999", ".nan", '"nan"', "-5")
NOT_IDS = (
    "hubsp\u043et",
    "café",
    "cafe\u0301",
    "../x",
    '""',
    "Hubspot",
    "-a",
    "a_b",
    "a b",
    '"a\\n"',
)

IN_DOLLARS = "tools: {a: {contract: {cost: {amount: 5, currency: USD, period: year}}}}"

# what is written, the code of its problem, where it is, what the hint says
ROWS: dict[str, list[tuple[str, str, str, str]]] = {
    "nothing to read": [
        ("", "empty", "1:1", "begins with `stackaudit: 1`"),
        ("# only this\n", "empty", "1:1", "begins with `stackaudit: 1`"),
        ("~", "not-an-inventory", "1:1", "begins with `stackaudit: 1`"),
        ("---\n", "not-an-inventory", "1:1", "begins with `stackaudit: 1`"),
        ("hunter2hunter2hunter2", "not-an-inventory", "1:1", "begins with"),
        ("- a\n- b\n", "not-an-inventory", "1:1", "begins with"),
        ("tools: {}\n---\ntools: {}\n", "second-document", "2:1", "use `include:`"),
        ("tools: {}\n...\n---\n", "second-document", "3:1", "use `include:`"),
    ],
    "another version": [
        ("stackaudit: 2", "bad-value", "1:13", "write `stackaudit: 1`"),
        ("stackaudit: 1.0", "bad-value", "1:13", "write `stackaudit: 1`"),
        ("stackaudit: [1]", "bad-value", "1:13", "write `stackaudit: 1`"),
    ],
    "broken syntax": [
        ("tools:\n  a: {name: x", "yaml-syntax", "2:14", "check the indent, the quotes"),
        ("tools:\n  a: b: c", "yaml-syntax", "2:7", "put quotes around"),
        ("tools:\n  a: @x", "yaml-syntax", "2:6", "put quotes around"),
        ("tools: {a: }\n b: 1", "yaml-syntax", "2:2", "check the indent"),
    ],
    "characters": [
        ("tools:\n\ta: {}\n", "strange-indent", "2:1", "ordinary spaces"),
        ("tools: {a: {},\n \tb: {}}\n", "strange-indent", "2:2", "ordinary spaces"),
        ("tools:\n  ä: {}\n\u00a0\u00a0a: {}\n", "strange-indent", "3:1", "ordinary spaces"),
        ("tools:\n  \u3000a: {}\n", "strange-indent", "2:3", "ordinary spaces"),
        ("# ä\ntools: ü\x00", "control-character", "2:9", "remove it"),
        ("tools: \x1b[31m", "control-character", "1:8", "remove it"),
        ("tools: a\x85b", "control-character", "1:9", "remove it"),
        ("tools: a\u2028b", "control-character", "1:9", "remove it"),
        ("tools: a\x7f", "control-character", "1:9", "remove it"),
        ("tools: \ufeffa", "control-character", "1:8", "remove it"),
        ("organization: \ud800", "encoding", "1:15", "UTF-8"),
    ],
    "numbers that are not what they seem": [
        (f"tools: {{a: {{contract: {{cost: {cost}}}}}}}", "bad-value", "1:30", "48000/year")
        for cost in (*NOT_NUMBERS, "5", "48.000/year")
    ]
    + [
        (f"tools: {{a: {{users: {count}}}}}", "bad-value", "1:20", "digits only")
        for count in (*NOT_NUMBERS, "1.5", "9" * 5000)
    ]
    + [("budget: {total: " + "9" * 5000 + "}", "bad-value", "1:17", "digits only")],
    "dates": [
        ("confirmed: 2026-13-45", "bad-value", "1:12", "year-month-day"),
        ("confirmed: 0", "bad-value", "1:12", "year-month-day"),
        ("tools: {a: {last_used: yesterday}}", "bad-value", "1:24", "or never"),
        ("roadmap: [{id: a, when: 2027-Q5}]", "bad-value", "1:25", "2027-Q1"),
        ("roadmap: [{id: a, when: 2027-02-30}]", "bad-value", "1:25", "year-month-day"),
    ],
    "tags": [
        (f"organization: {tag}", "tag", "1:15", "plain value")
        for tag in (
            "!!python/object/apply:os.system [id]",
            "!include x",
            "!!binary aGk=",
            "!!timestamp x",
            "!ENV x",
            "!!str x",
            "! x",
            "!<tag:yaml.org,2002:str> x",
        )
    ]
    + [
        ("!!map {tools: {}}", "tag", "1:1", "plain value"),
        ("!x tools: {}", "tag", "1:1", "plain value"),
        ("%TAG ! tag:x.example,2000:\n---\norganization: !y x", "tag", "3:15", "plain value"),
    ],
    "keys twice": [
        ("tools: {}\norganization: x\ntools: {}\n", "duplicate-key", "3:1", "remove one"),
        ("tools:\n  a: {name: x, vendor: y, name: z}", "duplicate-key", "2:27", "remove one"),
        ("tools:\n  a: {}\n  a: {}\n", "duplicate-key", "3:3", "remove one"),
        ("x-a: {1: a, 1.0: b}", "duplicate-key", "1:13", "remove one"),
        ("x-a: {1: a, true: b}", "duplicate-key", "1:13", "remove one"),
        ("x-a: {yes: a, on: b}", "duplicate-key", "1:15", "remove one"),
        ("x-a: {0: a, false: b}", "duplicate-key", "1:13", "remove one"),
        ('x-a: {a: 1, "a": 2}', "duplicate-key", "1:13", "remove one"),
    ],
    "aliases": [
        ("tools: {a: &x {}}", "anchor", "1:12", "remove the anchor"),
        ("tools: {a: {}, b: *x}", "alias", "1:19", "write the value out"),
        ("tools: {*x : {}}", "alias", "1:9", "write the value out"),
        ("tools: {a: {<<: {name: x}}}", "merge-key", "1:13", "write the values out"),
        ("tools: {&k a: {}}", "anchor", "1:9", "remove the anchor"),
    ],
    "keys that are not names": [
        ("? [a, b]\n: c", "complex-key", "1:3", "one word"),
        ("{{a: b}: c}", "complex-key", "1:2", "one word"),
    ],
    "unknown keys": [
        ("tols: {}", "unknown-key", "1:1", "did you mean `tools`?"),
        ("tools:\n  a:\n    lifecylce: active", "unknown-key", "3:5", "did you mean `lifecycle`?"),
        ("tools: {a: {contract: {renew: x}}}", "unknown-key", "1:24", "did you mean `renews`?"),
        ("tools: {a: {sso: enforced}}", "unknown-key", "1:13", "it belongs under `access:`"),
        ("budget: {zzz: 1}", "unknown-key", "1:10", "the keys here are year, total, innovation"),
        (
            "tools: {a: {contract: {cost: {amount: 1, curency: USD, period: year}}}}",
            "unknown-key",
            "1:42",
            "did you mean `currency`?",
        ),
    ],
    "true and false": [
        (f"tools: {{a: {{access: {{scim: {word}}}}}}}", "bad-value", "1:28", "write true or false")
        for word in ('"no"', "yes", "no", "on", "True", "1")
    ],
    "money": [
        (
            IN_DOLLARS,
            "no-rate",
            "1:24",
            "say `currency:`",
        ),
        (
            f"currency: EUR\n{IN_DOLLARS}",
            "no-rate",
            "2:24",
            "exchange_rates: {USD:",
        ),
        ("currency: EUR\nexchange_rates: {USD: 0}", "bad-value", "2:23", "above 0"),
        ("currency: euro", "bad-value", "1:11", "EUR"),
        ("tools: {a: {contract: {notice: 15m}}}", "bad-value", "1:32", "15min or 6mo"),
        (
            "flows: [{from: a, to: a, every: 15m}]\ntools: {a: }",
            "bad-value",
            "1:33",
            "15min or 6mo",
        ),
        ("tools: {a: {contract: {cost: [1]}}}", "bad-value", "1:30", "amount, currency, period"),
    ],
    "reviews": [
        (
            "tools: {a: }\nreviews: {a: {state: expired}}",
            "bad-value",
            "2:22",
            "requested, in_review",
        ),
        (
            "tools: {a: }\nreviews: {a: {state: changed}}",
            "bad-value",
            "2:22",
            "requested, in_review",
        ),
        ("tools: {a: }\nreviews: {a: {state: none}}", "bad-value", "2:22", "requested, in_review"),
        ("tools: {a: }\nreviews: {a: {state: approved}}", "bad-value", "2:14", "by whom"),
        ("tools: {a: }\nreviews: {a: {state: approved, by: x}}", "bad-value", "2:14", "by whom"),
        ("tools: {a: }\nreviews: {a: {state: approved, on: 2026-01-01}}", "bad-value", "2:14", ""),
        ("tools: {a: }\nreviews: {a: }", "missing-key", "2:11", "add it"),
        ("tools: {a: }\nreviews: {a: {state: aproved}}", "not-allowed", "2:22", "`approved`?"),
    ],
    "ids": [(f"tools: {{{written}: {{}}}}", "bad-id", "1:9", "lower case") for written in NOT_IDS]
    + [
        ("tools: {" + "a" * 201 + ": {}}", "bad-id", "1:9", "200"),
        ("tools: {none: {}}", "reserved-id", "1:9", "another id"),
        ("tools: {a: {holds: [Contact]}}", "bad-id", "1:21", "lower case"),
    ],
    "shapes": [
        ("tools: [a]", "bad-value", "1:8", "a name, a colon"),
        ("tools: {a: b}", "bad-value", "1:12", "the keys here are product"),
        ("tools: {a: {holds: contact}}", "bad-value", "1:20", "[] if there are none"),
        ("tools: {a: {holds: {b: }}}", "bad-value", "1:20", "in brackets"),
        ("tools: {a: {holds: [~]}}", "bad-value", "1:21", "plain text"),
        ("tools: {a: {name: [x]}}", "bad-value", "1:19", "on one line"),
        ('tools: {a: {name: " "}}', "bad-value", "1:19", "unknown"),
        ("tools: {a: {users: [1]}}", "bad-value", "1:20", "plain text"),
        ("tools: {a: {contract: free}}", "bad-value", "1:23", "`none`, or keys and values: cost"),
        ("tools: {a: {subprocessors: aws}}", "bad-value", "1:28", "{aws: eu}"),
        ("tools: {a: {subprocessors: {aws: [eu]}}}", "bad-value", "1:28", "{aws: eu}"),
        ("tools: {a: {fit: {business: 5}}}", "bad-value", "1:29", "from 1 to 4"),
        ("tools: {a: {fit: {business: 0}}}", "bad-value", "1:29", "from 1 to 4"),
        ("tools: {a: {lifecycle: activ}}", "not-allowed", "1:24", "did you mean `active`?"),
        ("tools: {a: }\ncontracts: {c: {covers: []}}", "bad-value", "2:25", "at least one"),
        ("flows: [{from: a}]\ntools: {a: }", "missing-key", "1:9", "add it"),
        ("policy: {innovation_share: 5}", "bad-value", "1:28", "5%"),
        ("exchange_rates: [x]", "bad-value", "1:17", "a name, a colon"),
    ],
}
CASES = [
    pytest.param(*row, id=f"{family}: {row[0][:30]!r}")
    for family, rows in ROWS.items()
    for row in rows
]


@pytest.mark.parametrize(("text", "code", "at", "hint"), CASES)
def test_it_is_refused_with_place_and_next_step(text: str, code: str, at: str, hint: str) -> None:
    found = problems(text)
    assert (code, at) in [each[:2] for each in found]
    assert hint in next(each.hint for each in found if each[:2] == (code, at))


@pytest.mark.parametrize(
    ("data", "code", "at"),
    [
        ("tools: {}".encode("utf-16"), "encoding", "stack.yaml:1:1"),
        ("tools: {}".encode("utf-16-be"), "control-character", "stack.yaml:1:1"),
        ("a: 1\nörganization: é".encode("latin-1"), "encoding", "stack.yaml:2:1"),
        ("# ü\nä: é".encode() + b"\xff", "encoding", "stack.yaml:2:5"),
        (b"\xef\xbb\xbfa: 1\r\rb: \xc0\xaf", "encoding", "stack.yaml:3:4"),
        (b"a: 1\r\nb: \xed\xa0\x80", "encoding", "stack.yaml:2:4"),
    ],
)
def test_what_is_not_utf_8_is_refused_at_the_character(
    data: bytes, code: str, at: str, tmp_path: Path
) -> None:
    assert [each[:2] for each in problems(data, tmp_path)] == [(code, at)]


LEAKS = [
    "organization: [{0}]",
    "confirmed: {0}",
    "stackaudit: {0}",
    "currency: {0}",
    "exchange_rates: {{USD: {0}}}",
    "incomplete: [{0}]",
    "policy: {{innovation_share: {0}}}",
    "tools: {0}",
    "tools: {{a: {0}}}",
    "tools: {{{0}: 1}}",
    "tools: {{{0}: {{}}, {0}: {{}}}}",
    "tools: {{a: {{{0}: 1}}}}",
    "tools: {{a: {{holds: {0}}}}}",
    "tools: {{a: {{holds: [{0}]}}}}",
    "tools: {{a: {{successor: {0}}}}}",
    "tools: {{a: {{capabilities: [{0}]}}}}",
    "tools: {{a: {{contract: {0}}}}}",
    "tools: {{a: {{contract: {{cost: {0}}}}}}}",
    "tools: {{a: {{contract: {{cost: {{amount: {0}}}}}}}}}",
    "tools: {{a: {{users: {0}}}}}",
    "tools: {{a: {{lifecycle: {0}}}}}",
    "tools: {{a: {{access: {{sso: {0}, scim: {0}}}}}}}",
    "tools: {{a: {{subprocessors: {0}}}}}",
    "tools: {{a: {{grants: [{{on: {0}, kind: {0}}}]}}}}",
    "tools: {{a: }}\nflows: [{{from: {0}, to: a, credential: {{held_by: {0}, can: {0}}}}}]",
    "tools: {{a: {{previously: [b, {0}]}}, b: }}",
    "reviews: {{{0}: {{state: requested}}}}",
    "roadmap: [{{id: a, when: {0}}}, {{id: a}}]",
    "tools: {{a: &{0} 1}}",
    "tools: {{a: *{0}}}",
    "tools: {{a: !{0} 1}}",
    "tools: {0}: {0}: {0}",
    "include: [{0}.yaml]",
    "{0}: {{}}",
]


@pytest.mark.parametrize(
    "secret",
    [SECRET, "sk_live_51Habcdef", "AKIAIOSFODNN7EXAMPLE", "3fa85f64-5717-4562-b3fc-2c963f66afa6"],
)
@pytest.mark.parametrize("template", LEAKS)
def test_a_secret_in_the_wrong_place_is_not_shown(template: str, secret: str) -> None:
    for found in problems(template.format(secret)):
        assert secret not in f"{found.message} {found.hint}"
        assert secret[:12] not in f"{found.message} {found.hint}"


def test_what_cannot_be_seen_is_escaped_in_messages() -> None:
    (found,) = problems('"a\\e[31m\\u202eb": 1')
    assert found.message == "unknown key `a\\x1b[31m\\u202eb`"


BOMBS = {
    "deep flow": ("[" * 30_000, "too-deep"),
    "deep mapping": ("a: " + "{a: " * 30_000, "too-deep"),
    "deep block": ("- " * 30_000, "too-deep"),
    "deep keys": ("? " * 30_000, "complex-key"),
    "deep indent": ("".join(" " * n + "a:\n" for n in range(2_000)), "too-deep"),
    "aliases": (
        "x-a: &a [x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"x-{n}: &b{n} [{', '.join(['*a'] * 9)}]\n" for n in range(20)),
        "alias",
    ),
    "merges": (
        "x-a: &a {x: 1}\n" + "".join(f"x-{n}: {{<<: *a}}\n" for n in range(5_000)),
        "merge-key",
    ),
    "recursive": ("x-a: &a [*a]", "alias"),
    "list for mapping": ("tools: [" + "a," * 400_000 + "]", "bad-value"),
    "items for mappings": ("flows: [" + "a," * 400_000 + "]", "bad-value"),
    "one list": ("tools: {a: {holds: [" + "~," * 400_000 + "]}}", "too-long"),
    "top keys": ("".join(f"k{n}: 1\n" for n in range(5_000)), "too-long"),
    "tool keys": ("tools: {a: {" + ",".join(f"k{n}: 1" for n in range(60_000)) + "}}", "too-long"),
    "bad tools": ("tools:\n" + "".join(f"  T{n}: 1\n" for n in range(50_000)), "too-many-problems"),
    "repeats": ("tools:\n" + "  a: {}\n" * 50_000, "too-many-problems"),
    "text": ("organization: " + "x" * 4_000_000, "too-long"),
    "key": ("? " + "k" * 4_000_000 + "\n: 1", "too-long"),
    "references": (
        "tools:\n" + "".join(f"  t{n}: {{successor: u{n}}}\n" for n in range(5_000)),
        "unknown-tool",
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_it_ends_and_says_why(name: str) -> None:
    text, code = BOMBS[name]
    found = problems(text)
    assert code in {each.code for each in found}
    assert len(found) <= 1_100


def test_the_values_of_an_inventory_are_counted_over_all_its_files() -> None:
    budget = Budget(300)
    data = b"x-a: [" + b"a," * 150 + b"]"
    assert read_document(data, "one", budget).problems == ()
    (problem,) = read_document(data, "two", budget).problems
    assert (problem.code, str(problem.place)) == ("too-many-nodes", "two:1:299")
    assert read_document(data, "three", budget).problems[0].code == "too-many-nodes"


def test_a_file_larger_than_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "stack.yaml"
    with path.open("wb") as file:
        file.truncate(64 * 1024 * 1024 + 1)
    assert [each[:3] for each in problems_in(path)] == [
        ("file-too-large", "stack.yaml:1:1", "split it with `include:`")
    ]
