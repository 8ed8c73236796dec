import { Routes } from 'discord.js';
import { z } from 'zod';
import type { Logger } from '../../telemetry/log.ts';
import { codeOf } from './outcome.ts';
import { isSnowflake } from './snowflake.ts';
import type { Flight, Wire } from './wire.ts';

const Opened = z.object({ id: z.string().refine(isSnowflake) });

/** Writes a direct message; false where the person takes none of ours, or it was lost. Never rejects. */
export const tellPerson = async (wire: Wire, person: string, text: string, log: Logger): Promise<boolean> => {
  if (!isSnowflake(person)) return false;
  const flight: Flight = { maybeTaken: false, throttled: false };
  const send = (path: `/${string}`, body: object) => wire.fly(flight, () => wire.rest.post(path, { body }));
  try {
    const { id } = Opened.parse(await send(Routes.userChannels(), { recipient_id: person }));
    await send(Routes.channelMessages(id), { content: text, allowed_mentions: { parse: [] } });
    return true;
  } catch (error) {
    log.debug({ fault: codeOf(error) }, 'discord direct message not delivered');
    return false;
  }
};
