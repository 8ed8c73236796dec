import type { webApi } from '@slack/bolt';
import type { Logger } from '../../telemetry/log.ts';
import { fileState, uploadPlace } from './answers.ts';
import { faultText, type SlackFault, slackFault } from './fault.ts';
import { scopeRemedy } from './refusals.ts';
import type { Sleep } from './sleep.ts';

export interface PictureParts {
  readonly client: webApi.WebClient;
  readonly log: Logger;
  readonly sleep: Sleep;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

export interface Pictures {
  /** The Slack file of this posting's picture: that of an earlier try, or a new one. Undefined where the upload failed. */
  upload(key: string, name: string, png: Uint8Array): Promise<string | undefined>;
  /** Asks, a second apart, whether Slack has processed the file; false when `polls` are used up or asking is refused. */
  processed(fileId: string, polls: number): Promise<boolean>;
  /** The picture is shown: its file will not be needed again. */
  forget(key: string): void;
}

const POLL_MS = 1_000;
const REMEMBERED = 200;

/** A fault as log fields, with the remedy where a scope is missing. */
const told = (fault: SlackFault, scope: string): { fault: string; remedy?: string } => ({
  fault: faultText(fault),
  ...(fault.kind === 'refused' && fault.code === 'missing_scope' ? { remedy: scopeRemedy(scope) } : {}),
});

/**
 * Pictures go to Slack as files in no channel, so that an image block can show them: a bot on a private machine has no
 * public address for an image_url. Nothing here rejects: a card without its picture is still a card.
 */
export const createPictures = ({ client, log, sleep, signal, timeoutMs }: PictureParts): Pictures => {
  const uploaded = new Map<string, string>();

  const remember = (key: string, fileId: string): void => {
    uploaded.set(key, fileId);
    const oldest = uploaded.keys().next().value;
    if (uploaded.size > REMEMBERED && oldest !== undefined) uploaded.delete(oldest);
  };

  const send = async (name: string, png: Uint8Array): Promise<string> => {
    const filename = `${name}.png`;
    const asked = await client.files.getUploadURLExternal({ filename, length: png.byteLength });
    const { url, fileId } = uploadPlace.parse(asked);
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: new Uint8Array(png),
      signal: AbortSignal.timeout(timeoutMs),
    });
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`upload answered HTTP ${answer.status}`);
    await client.files.completeUploadExternal({ files: [{ id: fileId, title: filename }] });
    return fileId;
  };

  return {
    upload: async (key, name, png) => {
      const earlier = uploaded.get(key);
      if (earlier !== undefined) return earlier;
      try {
        const fileId = await send(name, png);
        remember(key, fileId);
        return fileId;
      } catch (error) {
        log.warn({ key, ...told(slackFault(error), 'files:write') }, 'slack picture upload failed');
        return undefined;
      }
    },

    processed: async (fileId, polls) => {
      for (let poll = 0; poll < polls && !signal.aborted; poll += 1) {
        if (poll > 0) await sleep(POLL_MS, signal);
        try {
          if (fileState.parse(await client.files.info({ file: fileId })).processed) return true;
        } catch (error) {
          const fault = slackFault(error);
          if (fault.kind === 'refused') {
            log.warn({ fileId, ...told(fault, 'files:read') }, 'slack picture status unavailable');
            return false;
          }
        }
      }
      return false;
    },

    forget: (key) => void uploaded.delete(key),
  };
};
