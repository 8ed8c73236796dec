import type { SlideFate } from '../cards/card-updates.ts';
import type { Calendar } from '../market/calendar.ts';
import { isOfRise } from '../slides/alert-kinds.ts';
import { type EditableCard, type SlideMessage, slidesPostedIn } from '../store/edits.ts';
import { readWithdrawal, readWithdrawn } from '../store/past-alerts.ts';
import type { Db } from '../store/store.ts';
import type { DayEndOf } from '../stories/day-end.ts';
import type { SlideStory } from '../stories/slide-story.ts';
import type { WithdrawalStory } from '../stories/withdrawal-story.ts';

export interface FateParts {
  readonly calendar: Calendar;
  readonly dayEnd: DayEndOf;
  /** An https URL of a message of this channel. */
  readonly linkTo: (messageId: string) => string | undefined;
}

/** What happened before and after a posted card. */
interface CardStory {
  /** What has become of its slides, in the card's order. */
  readonly fates: readonly SlideFate[];
  /** The first message about the symbol in the session, if the card goes on from it. */
  readonly earlier?: SlideMessage;
}

/** Reads what happened before and after a posted card with these slides. */
export const readCardStory = async (
  db: Db,
  { calendar, dayEnd, linkTo }: FateParts,
  { batch, channelId }: Pick<EditableCard, 'batch' | 'channelId'>,
  stories: readonly SlideStory[],
): Promise<CardStory> => {
  const isWithdrawn = await readWithdrawn(db);
  const opens = stories.map(({ session }) => calendar.hours(session)?.open ?? 0);
  const posted = await slidesPostedIn(db, [channelId], Math.min(...opens));
  const later = posted.filter((it) => it.batch > batch);
  const withdrawals = new Map<SlideStory, WithdrawalStory | undefined>();
  for (const story of stories.filter(isWithdrawn)) withdrawals.set(story, await readWithdrawal(db, story));
  const fates = stories.map((story): SlideFate => {
    const withdrawal = withdrawals.get(story);
    const { symbol, session } = story;
    // A price that was set, or a fall within minutes, may come later and be no deeper.
    const isFarther = (other: SlideStory): boolean =>
      isOfRise(story) ? isOfRise(other) && other.price > story.price : !isOfRise(other) && other.price < story.price;
    const last = later.findLast(
      (it) => it.story.symbol === symbol && it.story.session === session && isFarther(it.story),
    );
    const link = last && linkTo(last.messageId);
    const end = dayEnd(symbol, session);
    return {
      story,
      withdrawn: isWithdrawn(story),
      ...(withdrawal && { withdrawal }),
      ...(last && { deeper: { story: last.story, ...(link !== undefined && { link }) } }),
      ...(end && { end }),
    };
  });
  const [only, ...others] = stories;
  const first = posted.find(({ story }) => story.symbol === only?.symbol && story.session === only.session);
  return { fates, ...(others.length === 0 && first && first.batch < batch && { earlier: first }) };
};
