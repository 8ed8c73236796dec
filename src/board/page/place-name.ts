const NAMES: Readonly<Record<string, string>> = {
  board: 'Board',
  discord: 'Discord',
  slack: 'Slack',
  yahoo: 'Yahoo',
  finnhub: 'Finnhub',
};

/** How a platform or a source writes its name. */
export const placeName = (id: string): string => NAMES[id] ?? id;
