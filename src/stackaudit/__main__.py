"""`python -m stackaudit` is the same as `stackaudit`."""

from stackaudit.cli.main import main

if __name__ == "__main__":
    main()
