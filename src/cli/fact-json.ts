import type { Fact } from '../facts/fact.ts';

/** One fact as a flat object for other programs. Missing figures are left out, never null. Values are in `unit`. */
export const factJson = (
  { subject, metric, label, period, value, low, high, unit, basis, published, time, knownBy, source, note }: Fact,
  more: { readonly stale?: boolean; readonly supersededBy?: string | undefined } = {},
): Readonly<Record<string, unknown>> => ({
  symbol: subject,
  metric,
  fiscalPeriod: label,
  start: period.start,
  end: period.end,
  value,
  low,
  high,
  unit,
  basis,
  published,
  publishedTime: time,
  knownBy,
  source: { title: source.title, url: source.url, secondary: source.secondary ?? false },
  note,
  ...more,
});
