"""The import of public lists of products into the catalog; repeatable, and not part of a release.

    python -m stackaudit.catalog.importing --segment FOLDER --airbyte FILE … --out FOLDER

Each source is one file that turns its input into sightings; `grouping` finds out which sightings
are one product, with the help of `decisions.yaml`; `entries` makes entries of them; `writing`
writes the files. Nothing here runs when a stack is audited.
"""
