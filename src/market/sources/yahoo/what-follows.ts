/** The path of quarterly figures; the ticker ends it. */
export const FUNDAMENTALS = '/ws/fundamentals-timeseries/v1/finance/timeseries/';

/** What it means to a person that a request for this path failed. */
export const whatFollows = (path: string): string =>
  path.startsWith(FUNDAMENTALS) ? 'figures are not checked' : 'prices are delayed';
