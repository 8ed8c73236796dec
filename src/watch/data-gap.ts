import type { NoticeStory } from '../stories/channel-stories.ts';

/** So long without a usable price of any symbol, in trading time, is told. */
export const DATA_GAP_MS = 5 * 60_000;

export interface DataGapInput {
  readonly now: number;
  /** Since when prices were to be expected: the opening bell and the source's delay. Undefined outside sessions. */
  readonly from: number | undefined;
  /** When a price was last usable, or watching began. */
  readonly heardAt: number;
  /** True where this poll brought one. */
  readonly heard: boolean;
  /** Since when there had been none, where that has been told. */
  readonly toldSince: number | undefined;
  /** At least `SILENT_MS`; more where polls are far between. */
  readonly patienceMs: number;
}

/**
 * What is to be told of a lack of prices: that there is one, once, and that it has ended, once. Nothing outside
 * sessions. Times in epoch milliseconds.
 */
export const dataGapNotice = (hearing: DataGapInput): Pick<NoticeStory, 'notice' | 'since'> | undefined => {
  const { now, from, heardAt, heard, toldSince, patienceMs } = hearing;
  if (from === undefined) return undefined;
  if (toldSince !== undefined) return heard ? { notice: 'data-back', since: toldSince } : undefined;
  const since = Math.max(from, heardAt);
  return !heard && now - since >= patienceMs ? { notice: 'no-data', since } : undefined;
};
