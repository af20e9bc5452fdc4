"""A plot as SVG: a panel for each engine, a line for each kind of request, named where it ends. Legible on light and on dark pages."""
import math
from xml.sax.saxutils import escape

WIDTH, HEIGHT, LEFT, TOP, BOTTOM, NAMES = 340, 300, 56, 58, 46, 120
STYLE = """
    text { font: 12px system-ui, sans-serif; fill: #3f3f46; }
    .title { font-size: 14px; font-weight: 600; }
    .grid { stroke: #a1a1aa; stroke-opacity: .35; }
    .line { fill: none; stroke: currentColor; stroke-width: 2; }
    .dot, .name { fill: currentColor; }
    .c0 { color: #1d4ed8; } .c1 { color: #b45309; } .c2 { color: #15803d; } .c3 { color: #a21caf; }
    @media (prefers-color-scheme: dark) {
      text { fill: #d4d4d8; }
      .name { fill: currentColor; }
      .c0 { color: #93c5fd; } .c1 { color: #fcd34d; } .c2 { color: #86efac; } .c3 { color: #f0abfc; }
    }
"""


def lines(title, sizes, panels, unit):
    """
    `panels`: by its name, what is measured, with a value (> 0) for each size. Both axes are logarithmic: a line that is level does not grow.
    All panels have one scale, from a power of ten to another.
    """
    values = [value for measured in panels.values() for line in measured.values() for value in line]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    high = max(high, low + 1)
    width = len(panels) * (LEFT + WIDTH + NAMES)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{TOP + HEIGHT + BOTTOM}" viewBox="0 0 {width} {TOP + HEIGHT + BOTTOM}" role="img">',
        f"  <title>{escape(title)}</title>",
        f"  <style>{STYLE}  </style>",
        text(LEFT, 20, title, "title"),
    ]

    def down(value):
        return TOP + HEIGHT * (high - math.log10(value)) / (high - low)

    for number, (name, measured) in enumerate(panels.items()):
        left = number * (LEFT + WIDTH + NAMES) + LEFT
        across = [left + WIDTH * (math.log(size / sizes[0]) / math.log(sizes[-1] / sizes[0]) if len(sizes) > 1 else 0.5) for size in sizes]
        parts.append(text(left, 44, name))
        for power in range(low, high + 1):
            for digit in (1, 2, 5) if power < high else (1,):
                y = down(digit * 10**power)
                parts.append(f'  <line class="grid" x1="{left}" x2="{left + WIDTH}" y1="{y:.1f}" y2="{y:.1f}"/>')
                parts.append(text(left - 8, y + 4, f"{digit * 10**power:g} {unit}", anchor="end"))
        for x, size in zip(across, sizes):
            parts.append(f'  <line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{TOP + HEIGHT}"/>')
            parts.append(text(x, TOP + HEIGHT + 20, f"{size:,}", anchor="middle"))
        names = apart({what: down(line[-1]) for what, line in measured.items()})
        for color, (what, line) in enumerate(measured.items()):
            points = [(x, down(value)) for x, value in zip(across, line)]
            parts.append(f'  <polyline class="line c{color}" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}"/>')
            parts += [f'  <circle class="dot c{color}" cx="{x:.1f}" cy="{y:.1f}" r="3"><title>{escape(what)}: {value:.3g} {unit}</title></circle>' for (x, y), value in zip(points, line)]
            parts.append(text(left + WIDTH + 8, names[what] + 4, what, f"name c{color}"))
    return "\n".join([*parts, "</svg>", ""])


def apart(places):
    """Names that would stand on each other move down."""
    moved, last = {}, -math.inf
    for what, y in sorted(places.items(), key=lambda place: place[1]):
        last = moved[what] = max(y, last + 15)
    return moved


def text(x, y, words, style="", anchor="start"):
    return f'  <text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{f" class={chr(34)}{style}{chr(34)}" if style else ""}>{escape(words)}</text>'
