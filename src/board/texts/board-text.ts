/** What the page says around the cards, in one language. Cards, prices and dates speak through config/messages. */
export interface BoardText {
  readonly tagline: string;
  readonly market: { readonly open: string; readonly closed: string };
  readonly lastPrice: string;
  readonly nextSession: string;
  /** The browser has lost the bot. */
  readonly disconnected: string;
  readonly noPrices: { readonly title: string; readonly yet: string; readonly trying: string; readonly last: string };
  readonly prices: {
    readonly title: string;
    readonly units: string;
    readonly symbol: string;
    readonly price: string;
    readonly day: string;
    readonly fromPeak: string;
    readonly sessions: string;
    readonly unknown: string;
    readonly nothing: string;
  };
  readonly cards: {
    readonly title: string;
    readonly nothing: string;
    readonly shownAs: string;
    readonly permalink: string;
  };
  /** By the state of a delivery. */
  readonly states: Readonly<Record<string, string>>;
  readonly health: {
    readonly title: string;
    readonly sources: string;
    readonly platforms: string;
    readonly deliveries: string;
    readonly refused: string;
    readonly working: string;
    readonly failing: string;
    readonly none: string;
    readonly raw: string;
  };
  readonly notFound: { readonly title: string; readonly what: string };
  readonly failed: { readonly title: string; readonly what: string };
  readonly back: string;
  readonly foreignHost: string;
  readonly readOnly: string;
}
