"""Month 5: would this survive legal, an engineer, a user?"""
