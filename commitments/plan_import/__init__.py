"""Plan files meet the database: read (in `files`, plain Python), compared, then applied or only reported."""
