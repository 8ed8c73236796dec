import { pauseText } from '../cards/channel-notice-card.ts';
import type { Outcome } from '../chat/platform.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { joinNames } from '../i18n/names.ts';
import type { TestStory } from '../stories/channel-stories.ts';
import type { OptionalPart } from '../stories/lacks.ts';
import type { AttemptResult } from './post.ts';

/** What came of one attempt to post a test card. */
export interface TestedCard {
  readonly story: TestStory;
  readonly platform: string;
  readonly outcome: AttemptResult;
  /** Whether the ping is known to notify nobody. */
  readonly pingIsSilent: boolean;
  /** What looking for the posted card found; absent if it was not looked for. */
  readonly found?: Outcome | undefined;
}

type Posted = Extract<AttemptResult, { kind: 'sent' }>;
type Looked = 'readable' | 'unreadable' | 'unknown';

const lookedAs = (found: Outcome | undefined): Looked => {
  if (found?.kind === 'sent') return 'readable';
  return found?.kind === 'unsure' || found?.kind === 'forbidden' ? 'unreadable' : 'unknown';
};

/** Whether an outcome ends the test; after any other one the card is tried again. */
export const endsTest = ({ kind }: AttemptResult): boolean => kind === 'sent' || kind === 'gone' || kind === 'rejected';

const historyText = (words: Translator, platform: string): string => {
  const own = `test-report.history-${platform}`;
  return words.say(words.knows(own) ? own : 'test-report.history');
};

/** The parts that the card had and that were taken, by name; links only where a card has sources. */
const partsThatWork = (words: Translator, { story, outcome, found }: TestedCard & { outcome: Posted }): string[] => {
  const refused = new Set(outcome.without?.map(({ part }) => part));
  const offered = [...(outcome.offered ?? [])].filter((part) => story.sample !== undefined || part !== 'links');
  const works: (OptionalPart | 'history')[] = offered.filter((part) => !refused.has(part));
  if (found !== undefined && lookedAs(found) === 'readable') works.push('history');
  return works.map((part) => words.say(`test-report.part.${part}`));
};

const postedText = (words: Translator, tested: TestedCard & { outcome: Posted }): string[] => {
  const { story, platform, outcome, found } = tested;
  if (outcome.duplicate) return [words.say('test-report.found')];
  const failed = (outcome.without ?? []).map(({ part, reason, remedy, why }) =>
    words.say(`test-report.without-${part}`, { why: pauseText(words, { text: `${reason} ${remedy}`, ...why }) }),
  );
  if (tested.pingIsSilent && outcome.offered?.has('ping')) failed.push(words.say('channel.alerts.silent'));
  if (story.sample && outcome.offered?.has('picture') === false) failed.push(words.say('test-report.undrawn'));
  if ('found' in tested) {
    const looked = lookedAs(found);
    if (looked === 'unreadable') failed.push(historyText(words, platform));
    if (looked === 'unknown') failed.push(words.say('test-report.history-unknown'));
  }
  if (failed.length > 0) return [words.say('test-report.arrived'), ...failed];
  return [words.say('test-report.all', { parts: joinNames(words, partsThatWork(words, tested)) })];
};

/** What came of a test card, in a few sentences: what works, or what failed and how to mend it. */
export const testReportText = (words: Translator, tested: TestedCard): string => {
  const { outcome, platform } = tested;
  switch (outcome.kind) {
    case 'sent':
      return postedText(words, { ...tested, outcome }).join(' ');
    case 'forbidden':
      return words.say('test-report.refused', {
        why: pauseText(words, { text: `${outcome.reason} ${outcome.remedy}`, ...outcome.why }),
      });
    case 'gone':
    case 'rejected':
      return words.say(`test-report.${outcome.kind}`);
    case 'unsure':
      return [words.say('test-report.unsure'), historyText(words, platform)].join(' ');
    default:
      return words.say('test-report.waiting');
  }
};
