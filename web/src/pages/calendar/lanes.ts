export interface Span {
  from: number;
  to: number;
}

export interface Lane {
  /** From 0. */
  lane: number;
  /** How many lanes share the width here. */
  lanes: number;
  /** How many of them it takes: as far to the right as nobody else is. */
  width: number;
}

/** Lays overlapping spans out side by side. What only touches does not overlap. The answer is in the order of the question. */
export function lanesOf(spans: readonly Span[]): Lane[] {
  const order = spans.map((span, index) => ({ ...span, index, lane: 0 })).sort((a, b) => a.from - b.from || b.to - a.to || a.index - b.index);
  const result: Lane[] = spans.map(() => ({ lane: 0, lanes: 1, width: 1 }));
  let group: typeof order = [];
  let until = -Infinity;

  const close = () => {
    const lanes = Math.max(0, ...group.map((s) => s.lane)) + 1;
    for (const span of group) {
      const right = group.filter((other) => other.lane > span.lane && other.from < span.to && span.from < other.to).map((other) => other.lane);
      result[span.index] = { lane: span.lane, lanes, width: Math.min(lanes, ...right) - span.lane };
    }
    group = [];
  };

  for (const span of order) {
    if (span.from >= until) close();
    const taken = new Set(group.filter((other) => other.to > span.from).map((other) => other.lane));
    while (taken.has(span.lane)) span.lane++;
    group.push(span);
    until = Math.max(group.length === 1 ? -Infinity : until, span.to);
  }
  close();
  return result;
}
