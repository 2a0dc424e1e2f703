"""How charts look: readable in print, and for who cannot tell red from green."""

import functools
import logging
import warnings

import matplotlib.pyplot as plt
from matplotlib import font_manager
from matplotlib.ticker import FuncFormatter, MaxNLocator

from .text import MINUS, wrap

# The colours of Okabe and Ito; each goes with a marker or a pattern, so that a chart survives a black-and-white printer.
COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"]
MARKERS = ["o", "s", "^", "D", "v", "P", "X", "<", "*", ">", "h", "d"]
HATCHES = ["", "///", "...", "xxx", "\\\\\\", "ooo", "+++"]
LINES = ["-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (8, 3)), (0, (1, 1))]
GREY = "#767676"
LIGHT = "#dddddd"

# Fonts for what the first one lacks; those that are not installed are left out. Debian has the second and third in
# fonts-noto-cjk and fonts-symbola.
FONTS = ["DejaVu Sans", "Noto Sans CJK SC", "Noto Sans CJK JP", "Symbola", "Noto Emoji", "Microsoft YaHei", "PingFang SC",
         "Hiragino Sans GB", "WenQuanYi Zen Hei", "Droid Sans Fallback", "Segoe UI Emoji"]


def use():
    """Sets the style; a name with a $ in it is text, not a formula."""
    # A letter that no font has is drawn as a box; that needs no warning at each of them.
    warnings.filterwarnings("ignore", message=r"Glyph \d+ .* missing from font")
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    installed = {font.name for font in font_manager.fontManager.ttflist}
    plt.rcParams.update({
        "figure.constrained_layout.use": True, "figure.dpi": 110, "font.size": 10, "text.parse_math": False,
        "font.family": [name for name in FONTS if name in installed] or ["sans-serif"],
        "axes.titlesize": 10, "axes.titlelocation": "left", "savefig.bbox": "tight",
        "axes.spines.top": False, "axes.spines.right": False, "legend.frameon": False, "hatch.linewidth": 0.5,
    })


def chart(draw):
    """A function whose figure is shown once: where it is the value of a cell."""

    @functools.wraps(draw)
    def drawn(*arguments, **options):
        figure = draw(*arguments, **options)
        if figure is not None:
            plt.close(figure)
        return figure

    return drawn


def style(index):
    """Colour and marker number so and so; a second round of colours comes with other markers."""
    return COLOURS[index % len(COLOURS)], MARKERS[index % len(MARKERS)]


def line(index):
    """The pattern of a line."""
    return LINES[index % len(LINES)]


def hatch(index):
    """The pattern of an area; with a colour it does not repeat before the fiftieth."""
    return HATCHES[(index + index // len(COLOURS)) % len(HATCHES)]


def plain(axis, suffix=""):
    """Numbers on an axis in full, with thousands separated."""
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}{suffix}".replace("-", MINUS)))


def title(figure, text):
    """The finding, above the chart, in as many lines as its width asks for."""
    figure.suptitle(wrap(text, int(9 * figure.get_figwidth())), x=0.01, ha="left", fontsize=12, fontweight="bold")


def label(text, currency=""):
    """The label of an axis, with the currency where there is one."""
    return f"{text}, {currency}" if currency else text


def rows_of(axes, names):
    """One row for each name, the first on top; returns the rows."""
    rows = list(range(len(names)))[::-1]
    axes.set_yticks(rows, [wrap(name) for name in names])
    axes.set_ylim(-0.6, len(rows) - 0.4)
    axes.grid(axis="x", color=LIGHT)
    axes.set_axisbelow(True)
    return rows


def legend(figure, axes, most=3, width=28):
    """One legend below the chart, for the lines and bars of one or several panels; nothing for a single one."""
    entries = {}
    for panel in axes:
        for handle, name in zip(*panel.get_legend_handles_labels()):
            entries.setdefault(name, handle)
    if len(entries) > 1:
        figure.legend(entries.values(), [wrap(name, width) for name in entries], loc="outside lower center",
                      ncols=min(most, len(entries)), fontsize=9, handlelength=3)


def few_ticks(axis, most=6, integer=False):
    """Few enough numbers on an axis not to run into each other."""
    axis.set_major_locator(MaxNLocator(most, integer=integer))
