import type { Story } from '../../src/stories/story.ts';
import type { Wishes } from './eras.ts';
import type { Outlook } from './expected.ts';
import type { Scenario, SimulatedChannel } from './scenario.ts';

/** A promise that was not kept. */
export interface Breach {
  readonly what: 'twice' | 'early' | 'false' | 'lost' | 'late' | 'order' | 'form' | 'open';
  /** Epoch milliseconds. */
  readonly at: number;
  readonly room: string;
  readonly symbol?: string;
  readonly expected: string;
  readonly came: string;
}

/** A story of a card. */
export interface PostedStory {
  readonly story: Story;
  /** When its delivery was made, epoch milliseconds. */
  readonly madeAt: number;
}

/** A card as it stands in a channel, with the stories that it was made of. */
export interface Posted {
  readonly key: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly stories: readonly PostedStory[];
}

/** Compares what was posted in a channel with what its scenario and the wishes of its people have to bring. */
export type ChannelCheck = (
  scenario: Scenario,
  outlook: Outlook,
  channel: SimulatedChannel,
  wishes: Wishes,
  posted: readonly Posted[],
) => Breach[];

/** An instant in New York, to the second. */
export const time = (instant: number): string =>
  Temporal.Instant.fromEpochMilliseconds(Math.round(instant))
    .toZonedDateTimeISO('America/New_York')
    .toPlainDateTime()
    .toString({ smallestUnit: 'second' })
    .replace('T', ' ');
