"""Facts about members, enums, patterns and timestamps, and the text that describes them."""
