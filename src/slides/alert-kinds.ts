import { changeInBasisPoints, compareRatios } from '../market/compare.ts';
import type { Micros } from '../market/money.ts';
import type { Rules } from '../market/watchlist.ts';
import type { Alert, PastAlert } from '../stories/alert.ts';
import type { CardKind } from '../stories/channel.ts';
import type { SlideStory } from '../stories/slide-story.ts';
import { priceKey } from './price-levels.ts';

type Kind = Alert['kind'];

/** All that depends on an alert's kind, but for its wording on cards. */
interface AlertKind<Of extends Alert> {
  /** Order of headlines: a depth below a peak says more than market value lost, and that more than one day's fall. */
  readonly headlineRank: number;
  /** Order of one symbol's alerts of a session in the replay's output. */
  readonly outputRank: number;
  /** The kind of card that a channel must want to get this alert; undefined if it is told to all that have set its rule. */
  readonly cardKind: CardKind | undefined;
  /** Whether it tells of a rise; absent for a fall. */
  isRise?(alert: Of): boolean;
  /** The price that the move is measured from. */
  reference(alert: Of): Micros;
  /** The levels of `rules` for the alert, ascending; undefined if channels cannot set them, as for steps of market value. */
  levels(rules: Rules, alert: Of): readonly number[] | undefined;
  /** Whether the alert is for a channel with `rules`; absent where that is a matter of levels. */
  matches?(rules: Rules, alert: Of): boolean;
  /** Sessions of the window; undefined if the kind has none. */
  window(alert: Of): number | undefined;
  /** What tells its rule from others of the kind. */
  rule?(alert: Of): string;
}

const ALERT_KINDS: { readonly [K in Kind]: AlertKind<Extract<Alert, { kind: K }>> } = {
  drawdown: {
    headlineRank: 0,
    outputRank: 0,
    cardKind: 'drawdown',
    reference: ({ peak }) => peak,
    levels: ({ drawdown }, alert) => drawdown.find(({ window }) => window === alert.window)?.levels ?? [],
    window: ({ window }) => window,
  },
  value: {
    headlineRank: 1,
    outputRank: 2,
    cardKind: 'drawdown',
    reference: ({ peak }) => peak,
    levels: () => undefined,
    window: ({ window }) => window,
  },
  day: {
    headlineRank: 2,
    outputRank: 1,
    cardKind: 'day',
    reference: ({ previous }) => previous,
    levels: ({ day }) => day,
    window: () => undefined,
  },
  within: {
    headlineRank: 3,
    outputRank: 3,
    cardKind: undefined,
    reference: ({ high }) => high,
    levels: ({ within = [] }, alert) => within.find(({ minutes }) => minutes === alert.minutes)?.levels ?? [],
    window: () => undefined,
    rule: ({ minutes }) => String(minutes),
  },
  price: {
    headlineRank: 4,
    outputRank: 4,
    cardKind: undefined,
    // A rise falls from nothing.
    reference: ({ side, level, price }) => (side === 'below' ? level : price),
    levels: () => undefined,
    matches: ({ price = [] }, { side, set, day, since, toldBefore = 0 }) =>
      price.some(
        (own) =>
          own.side === side && own.price === set && own.day === day && own.since > toldBefore && own.since <= since,
      ),
    window: () => undefined,
    isRise: ({ side }) => side === 'above',
    rule: ({ side, set, day }) => priceKey({ side, price: set, day }),
  },
  rise: {
    headlineRank: 5,
    outputRank: 5,
    cardKind: undefined,
    isRise: () => true,
    reference: ({ low }) => low,
    levels: ({ rise = [] }) => rise,
    window: ({ window }) => window,
  },
  'day-rise': {
    headlineRank: 6,
    outputRank: 6,
    cardKind: undefined,
    isRise: () => true,
    reference: ({ previous }) => previous,
    levels: ({ dayRise = [] }) => dayRise,
    window: () => undefined,
  },
};

const kindOf = (alert: Alert): AlertKind<Alert> => ALERT_KINDS[alert.kind] as AlertKind<Alert>;

export const ALERT_KIND_IDS = Object.keys(ALERT_KINDS) as readonly Kind[];

export const cardKindOf = (alert: Alert): CardKind | undefined => kindOf(alert).cardKind;

/** Whether an alert tells of a rise. */
export const isRise = (alert: Alert): boolean => kindOf(alert).isRise?.(alert) ?? false;

/** Whether a story's headline tells of a rise. */
export const isOfRise = ({ alerts: [headline] }: Pick<SlideStory, 'alerts'>): boolean =>
  headline !== undefined && isRise(headline);

/** The price that an alert's move is measured from: the peak, the close before, the high of some minutes, the low. */
export const referencePrice = (alert: Alert): Micros => kindOf(alert).reference(alert);

/** Sessions of an alert's window; undefined for moves of a day or of minutes. */
export const windowOf = (alert: Alert): number | undefined => kindOf(alert).window(alert);

/** What fired: `drawdown 252`, `value 252`, `day`, `within 30`, `rise 252`, `day-rise`, or a price with its side and day. */
export const ruleOf = (alert: Alert): string =>
  [alert.kind, windowOf(alert) ?? kindOf(alert).rule?.(alert) ?? []].flat().join(' ');

/** The same for every copy of an alert, and of no other. */
export const alertKey = (alert: Alert): string => [alert.symbol, alert.session, ruleOf(alert), alert.level].join(' ');

/** What a line of `/alerts history` says of an alert. */
export const lineOfAlert = (alert: Alert): Pick<PastAlert, 'kind' | 'level' | 'window' | 'minutes' | 'side'> => {
  const { kind, level } = alert;
  const window = windowOf(alert);
  return {
    kind,
    level,
    ...(window !== undefined && { window }),
    ...(alert.kind === 'within' && { minutes: alert.minutes }),
    ...(alert.kind === 'price' && { side: alert.side }),
  };
};

/**
 * The alert at the deepest of these rules' own levels among those that it newly fired; undefined if it fired none of
 * them. Steps of market value belong to the symbol, so a value alert stays as it is.
 */
export const atLevelsOf = (rules: Rules, alert: Alert): Alert | undefined => {
  const kind = kindOf(alert);
  if (kind.matches) return kind.matches(rules, alert) ? alert : undefined;
  const levels = kind.levels(rules, alert);
  if (!levels) return alert;
  const level = levels.findLast((own) => own > (alert.above ?? 0) && own <= alert.level);
  return level === undefined ? undefined : { ...alert, level };
};

/** The shallowest of these rules' own levels that is deeper than an alert has reached; undefined for none. */
export const nextLevel = (rules: Rules, alert: Alert): number | undefined =>
  kindOf(alert)
    .levels(rules, alert)
    ?.find((own) => own > alert.level);

/** How far an alert's price has moved, in its own direction; in basis points. */
const extentOf = (alert: Alert): number => Math.abs(changeInBasisPoints(alert.price, referencePrice(alert)));

/** Sort order: by kind, then the farthest move first. */
const deeperAlertFirst = (a: Alert, b: Alert): number =>
  kindOf(a).headlineRank - kindOf(b).headlineRank || extentOf(b) - extentOf(a);

/** Sort order of one observation's alerts: by kind, then the deepest fall, then the longest window first. */
export const headlineFirst = (a: Alert, b: Alert): number =>
  deeperAlertFirst(a, b) || (windowOf(b) ?? 0) - (windowOf(a) ?? 0);

/** Sort order of one symbol's alerts in the replay's output: windows from long to short, then day falls, then value lost, rises last. */
export const outputOrder = (a: Alert, b: Alert): number =>
  kindOf(a).outputRank - kindOf(b).outputRank || (windowOf(b) ?? 0) - (windowOf(a) ?? 0);

/** Order among alerts of several closes: falls below a peak, other falls, rises above a low, other rises. */
const closeRank = (alert: Alert): number => (isRise(alert) ? 2 : 0) + (windowOf(alert) === undefined ? 1 : 0);

/**
 * Sort order of alerts of several closes: the farthest below its peak first, then a day's fall, then the farthest above its
 * low; the later of equals first.
 */
export const deepestCloseFirst = (a: Alert, b: Alert): number => {
  const ranks = closeRank(a) - closeRank(b);
  if (ranks !== 0) return ranks;
  const ratios = compareRatios(a.price, referencePrice(a), b.price, referencePrice(b));
  const extents = windowOf(a) === undefined ? 0 : isRise(a) ? -ratios : ratios;
  return extents || b.session.localeCompare(a.session);
};

/** Sort order of stories by their headlines: by kind, then the deepest fall first. */
export const deeperStoryFirst = (a: SlideStory, b: SlideStory): number => {
  const [first] = a.alerts;
  const [second] = b.alerts;
  return first && second ? deeperAlertFirst(first, second) : 0;
};
