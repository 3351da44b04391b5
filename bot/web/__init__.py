"""What the web pages share: guards at the door, cookies, words, assets, the server."""
