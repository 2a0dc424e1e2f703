"""Words and numbers as a manager reads them."""

import textwrap
import unicodedata

MINUS = "\u2212"


def amount(value):
    """-1234.5 as −1,234: a proper minus, and as many decimals as the size asks for."""
    size = abs(value)
    digits = 0 if size >= 1000 or size == round(size) else 1 if size >= 100 else 2 if size >= 1 else 4
    text = f"{value:,.{digits}f}"
    text = text.rstrip("0").rstrip(".") if size < 1 and "." in text else text
    return "0" if text in ("-0", "0") else text.replace("-", MINUS)


def signed(value):
    """The same with a plus in front of what is more than nothing."""
    text = amount(value)
    return text if text == "0" or text.startswith(MINUS) else "+" + text


def money(value, currency):
    """An amount with the currency where there is one."""
    return f"{amount(value)} {currency}".strip()


def percent(share, digits=0):
    """A share in percent; never rounded to a certainty that is not one."""
    text = f"{share:.{digits}%}".replace("-", MINUS)
    if share < 1 and text == f"{1:.{digits}%}":
        return "> 99.9%" if share > 0.999 else f"{share:.1%}"
    if share > 0 and text == f"{0:.{digits}%}":
        return "< 0.1%" if share < 0.001 else f"{share:.1%}"
    return text


def quoted(name):
    """A name as it stands in a sentence."""
    return f"“{name}”"


def listed(items):
    """a, b and c."""
    items = [str(item) for item in items]
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1] if items else ""


def columns(text):
    """How many columns a text takes: a Chinese character or an emoji takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def wrap(text, width=28):
    """A text in lines of at most so many columns."""
    text = str(text)
    letters = max(4, int(width * len(text) / max(1, columns(text))))
    return textwrap.fill(text, letters) if columns(text) > width else text
