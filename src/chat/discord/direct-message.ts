import { Routes } from 'discord.js';
import { z } from 'zod';
import type { Logger } from '../../telemetry/log.ts';
import { isSnowflake } from './ids.ts';
import { codeOf } from './outcome.ts';
import type { RequestProgress, RestClient } from './rest-client.ts';

const DirectChannel = z.object({ id: z.string().refine(isSnowflake) });

/** Sends a direct message; false if the person does not accept it or it was lost. Never rejects. */
export const sendDirectMessage = async (
  client: RestClient,
  person: string,
  text: string,
  log: Logger,
): Promise<boolean> => {
  if (!isSnowflake(person)) return false;
  const progress: RequestProgress = { maybeTaken: false, throttled: false };
  const send = (path: `/${string}`, body: object) => client.track(progress, () => client.rest.post(path, { body }));
  try {
    const { id } = DirectChannel.parse(await send(Routes.userChannels(), { recipient_id: person }));
    await send(Routes.channelMessages(id), { content: text, allowed_mentions: { parse: [] } });
    return true;
  } catch (error) {
    log.debug({ fault: codeOf(error) }, 'discord direct message not delivered');
    return false;
  }
};
