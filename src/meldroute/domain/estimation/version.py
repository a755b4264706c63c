"""The version of the method: it changes whenever a figure could change."""

VERSION = "1.0"
