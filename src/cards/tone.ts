import type { SlideStory } from '../stories/slide-story.ts';
import { type Tone, toneBelow } from '../stories/tone.ts';

/** The tone of the deeper of two falls: from the 252-session peak, and from the previous close. */
export const toneOf = ({ price, peak, day }: SlideStory): Tone => toneBelow(price, [peak?.price, day?.previous]);
