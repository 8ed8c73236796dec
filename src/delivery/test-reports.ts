import type { Platform } from '../chat/platform.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import type { TestStory } from '../stories/channel-stories.ts';
import type { Logger } from '../telemetry/log.ts';
import { createLru } from '../util/lru.ts';
import { resultWithin } from '../util/promises.ts';
import type { Claim } from './claim.ts';
import type { AttemptResult } from './post.ts';
import { endsTest, testReportText } from './test-report-text.ts';

/** Who asked for a test card, and how they are told what came of it. */
export interface TestAsker {
  readonly language: string;
  /** Whether the ping is known to notify nobody. */
  readonly pingIsSilent: boolean;
  /** Tells it to the asker alone; false if it did not arrive, or may not have. Never rejects. */
  tell(text: string): Promise<boolean>;
}

/** One attempt to post a test card. */
interface TestAttempt {
  readonly platform: Platform;
  readonly delivery: Claim['deliveries'][number];
  readonly story: TestStory;
  readonly outcome: AttemptResult;
  /** The card's key, by which the platform finds it. */
  readonly key: string;
}

export interface TestReports {
  /** Remembers who waits for the report about a test card, by its story's id: the last who asked. */
  expect(storyId: number, asker: TestAsker): void;
  /** Tells what came of an attempt, to the asker or to whoever set the channel up. Never rejects. */
  report(attempt: TestAttempt): Promise<void>;
}

/** Askers remembered: a report comes within seconds. */
const MAX_ASKERS = 200;
/** Looking for the card is for the report alone: no other card of the channel waits longer for it. */
const LOOK_TIMEOUT_MS = 15_000;

/** Creates the reports of test cards. Askers are in memory: after a restart, who set the channel up is told. */
export const createTestReports = (catalogue: Catalogue, log: Logger): TestReports => {
  const askers = createLru<number, TestAsker>(MAX_ASKERS);
  /** Stories of which was told that they have to wait. */
  const waiting = createLru<number, true>(MAX_ASKERS);

  const report: TestReports['report'] = async ({ platform, delivery, story, outcome, key }) => {
    const { storyId, address, person, language, createdAt } = delivery;
    const ends = endsTest(outcome);
    if (!ends && waiting.get(storyId)) return;
    const isNew = outcome.kind === 'sent' && !outcome.duplicate;
    const looking = isNew ? platform.findCard?.({ channelId: address, key, since: createdAt }) : undefined;
    const asker = askers.get(storyId);
    const tested = {
      ...{ story, platform: platform.name, outcome, pingIsSilent: asker?.pingIsSilent ?? false },
      ...(looking && { found: await resultWithin(looking, LOOK_TIMEOUT_MS) }),
    };
    if (ends) askers.delete(storyId);
    else waiting.set(storyId, true);
    const text = (tag: string): string => testReportText(catalogue.orEnglish(tag), tested);
    if (asker && (await asker.tell(text(asker.language)))) return;
    // A refusal is told to this person as any other is.
    if (!ends || person === null || !platform.sendDirectMessage) return;
    const direct = catalogue
      .orEnglish(language)
      .say('test-report.direct', { channel: `<#${address}>`, report: text(language) });
    if (!(await platform.sendDirectMessage(person, direct)))
      log.warn({ platform: platform.name, channel: address }, 'what came of a test card could not be told to anybody');
  };

  return {
    expect: (storyId, asker) => {
      askers.set(storyId, asker);
      waiting.delete(storyId);
    },
    report: (attempt) =>
      report(attempt).catch((err: unknown) => {
        log.error({ err, platform: attempt.platform.name }, 'what came of a test card could not be told');
      }),
  };
};
