import type { GreetingStory, NoticeStory, SummaryStory, TestStory, TroubleStory } from '../channels/channel-stories.ts';
import type { DigestStory } from '../digest/digest-story.ts';
import type { FiguresStory } from '../facts/figures-story.ts';
import type { RecoveryStory } from '../slides/recovery-story.ts';
import type { SlideStory } from '../slides/story.ts';

/** What is told, in numbers: a card is made of one, or of several slides. */
export type Story =
  | SlideStory
  | FiguresStory
  | RecoveryStory
  | SummaryStory
  | NoticeStory
  | GreetingStory
  | TestStory
  | TroubleStory
  | DigestStory;
