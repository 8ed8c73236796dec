import { Routes } from 'discord.js';
import { MINUTE_MS } from '../../util/durations.ts';
import { type Edit, type EditOutcome, editOutcomeOf } from '../platform.ts';
import { isSnowflake } from './ids.ts';
import type { InvalidRequestGuard } from './invalid-request-guard.ts';
import { outcomeOf } from './outcome.ts';
import { withoutParts } from './parts.ts';
import { render } from './render.ts';
import type { RequestProgress, RestClient } from './rest-client.ts';

interface EditCardParts {
  readonly client: RestClient;
  readonly guard: InvalidRequestGuard;
  readonly timeoutMs: number;
}

/**
 * Writes cards anew that were posted, each with all it has: Discord keeps nothing of what an edit leaves out but the picture,
 * which is sent again in place of the first. Pings nobody. Never rejects.
 */
export const createEditCard =
  ({ client, guard, timeoutMs }: EditCardParts): ((edit: Edit) => Promise<EditOutcome>) =>
  async ({ channelId, messageId, leaveOut, ...given }) => {
    if (!isSnowflake(channelId) || !isSnowflake(messageId))
      return { kind: 'refused', reason: 'Not a Discord message.' };
    const waitMs = Math.max(guard.bannedMs(), guard.waitMs());
    if (waitMs > 0) return { kind: 'later', reason: 'Discord takes no requests at the moment.', afterMs: waitMs };
    const progress: RequestProgress = { maybeTaken: false, throttled: false };
    try {
      const posting = withoutParts({ ...given, channelId, maybePosted: false }, leaveOut ?? []);
      const { body, files } = render(posting);
      const { nonce: _, enforce_nonce: __, ...content } = body;
      await client.track(progress, () =>
        client.rest.patch(Routes.channelMessage(channelId, messageId), {
          body: { ...content, allowed_mentions: { parse: [] } },
          files: files.map((file) => ({ ...file, data: Buffer.from(file.data) })),
          signal: AbortSignal.timeout(Math.max(timeoutMs, MINUTE_MS)),
        }),
      );
      return { kind: 'edited' };
    } catch (error) {
      return editOutcomeOf(outcomeOf(error, progress));
    }
  };
