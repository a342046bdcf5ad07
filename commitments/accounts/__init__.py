"""How people come in and stay in: sign-ins, known browsers, sessions, passwords, one-time links."""
