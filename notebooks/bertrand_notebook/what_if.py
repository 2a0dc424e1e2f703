"""Sliders that rerun the program and redraw at once."""

import io
from functools import partial

import ipywidgets as widgets
import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from . import comparison, program
from .levers import levers, own_prices
from .results import Message
from .text import amount, quoted


def picture(figure):
    """A figure as the bytes of a PNG file."""
    stream = io.BytesIO()
    figure.savefig(stream, format="png", dpi=100, bbox_inches="tight")
    plt.close(figure)
    return stream.getvalue()


def _slider(lever):
    scale, base = lever.scale, lever.base * lever.scale
    whole = base >= 20 and base == round(base)
    step = 1 if whole else 10.0 ** int(f"{base / 50:e}".split("e")[1])
    down = up = int(0.5 * base / step)  # whole steps, so that the scenario's value stays one of the stops
    if lever.unit == "%":
        up = min(up, max(0, int((95 - base) / step)))
    options = {"min": base - down * step, "max": base + up * step, "step": step, "continuous_update": False,
               "readout_format": ".6g", "description": lever.axis, "style": {"description_width": "300px"},
               "layout": {"width": "680px"}}
    return widgets.FloatSlider(value=base, **options), scale


class Panel:
    """A slider for each lever, the answer in a sentence, and the chart of profits."""

    def __init__(self, scenario, replications=20, chosen=None, draw=None):
        self.scenario, self.replications = scenario, replications
        # Without perfect knowledge: the search for it would make the sliders slow.
        self.draw = draw or partial(comparison.profits, with_benchmark=False)
        self.levers = list(chosen if chosen is not None else own_prices(scenario) + levers(scenario))
        self.sliders, self.scales = zip(*map(_slider, self.levers)) if self.levers else ((), ())
        self.message = widgets.HTML()
        self.image = widgets.Image(format="png", layout={"max_width": "900px"})
        self.reset = widgets.Button(description="as in the scenario", icon="undo")
        self.is_moving = False
        for slider in self.sliders:
            slider.observe(self.update, names="value")
        self.reset.on_click(self.back)
        self.widget = widgets.VBox([*self.sliders, self.reset, self.message, self.image])
        self.update()

    def edited(self):
        """The scenario as the sliders say; what was not moved stays as it was written."""
        scenario = self.scenario
        for lever, slider, scale in zip(self.levers, self.sliders, self.scales):
            value = slider.value / scale
            if abs(value - lever.base) > 1e-9 * abs(lever.base):
                scenario = lever.at(scenario, value)
        return scenario

    def update(self, _=None):
        """Runs the program and redraws; what it refuses is shown in its own words, and the last chart goes."""
        if self.is_moving:
            return
        self.message.value = "<i>running …</i>"
        try:
            results = program.run(self.edited().quick(), self.replications)
            self.image.value = picture(self.draw(results))
            self.message.value = self._words(results)
        except Message as problem:
            self.image.value = blank()
            self.message.value = f"<pre style='color:#a02c00; white-space:pre-wrap'>{_html(str(problem))}</pre>"

    def _words(self, results):
        text = f"{quoted(results.best)} earns most: {amount(results.candidates['profit_mean'].iloc[0])} {results.currency}"
        return f"<b>{_html(text)}</b> ({results.manifest['replications']} replications)"

    def back(self, _=None):
        """All sliders to what the scenario says."""
        self.is_moving = True
        try:
            for lever, slider, scale in zip(self.levers, self.sliders, self.scales):
                slider.value = lever.base * scale
        finally:
            self.is_moving = False
        self.update()

    def _ipython_display_(self):
        from IPython.display import display

        display(self.widget)


def blank():
    """An empty picture."""
    return picture(Figure(figsize=(0.2, 0.2)))


def _html(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
