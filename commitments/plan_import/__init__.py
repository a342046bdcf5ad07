"""Plan files on their way into the database: read (in `files`, plain Python), compared, then applied or
reported."""
