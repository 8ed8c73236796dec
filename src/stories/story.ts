import type { AfterHoursStory } from './after-hours-story.ts';
import type { BillStory } from './bill-story.ts';
import type {
  ChannelNoticeStory,
  GreetingStory,
  MuteEndStory,
  NoticeStory,
  SummaryStory,
  TestStory,
} from './channel-stories.ts';
import type { DigestStory } from './digest-story.ts';
import type { FiguresStory } from './figures-story.ts';
import type { RecoveryStory } from './recovery-story.ts';
import type { SlideStory } from './slide-story.ts';
import type { WithdrawalStory } from './withdrawal-story.ts';

/**
 * The data of one card, without language or platform. A story is stored with its delivery, so that a card sent tomorrow,
 * or in Korean, says what was known when the story was made. Several slide stories may share one card.
 */
export type Story =
  | SlideStory
  | AfterHoursStory
  | FiguresStory
  | BillStory
  | RecoveryStory
  | WithdrawalStory
  | SummaryStory
  | MuteEndStory
  | NoticeStory
  | GreetingStory
  | TestStory
  | ChannelNoticeStory
  | DigestStory;
