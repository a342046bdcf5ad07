"""The ways in and their protection: sign-ins, known browsers, sessions, passwords, one-time links."""
