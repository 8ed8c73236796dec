import type { ChannelNoticeStory, GreetingStory, NoticeStory, SummaryStory, TestStory } from './channel-stories.ts';
import type { DigestStory } from './digest-story.ts';
import type { FiguresStory } from './figures-story.ts';
import type { RecoveryStory } from './recovery-story.ts';
import type { SlideStory } from './slide-story.ts';

/** What is told, in numbers: a card is made of one, or of several slides. */
export type Story =
  | SlideStory
  | FiguresStory
  | RecoveryStory
  | SummaryStory
  | NoticeStory
  | GreetingStory
  | TestStory
  | ChannelNoticeStory
  | DigestStory;
