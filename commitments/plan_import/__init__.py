"""Plan files on their way into the database: read (in `files`), compared, then applied or reported."""
