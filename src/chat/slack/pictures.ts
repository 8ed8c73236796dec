import type { webApi } from '@slack/bolt';
import type { Logger } from '../../telemetry/log.ts';
import { createLru } from '../../util/lru.ts';
import type { Lack } from '../platform.ts';
import type { Sleep } from '../sleep.ts';
import { fileState, uploadPlace } from './answers.ts';
import { faultText, type SlackFault, slackFault } from './fault.ts';
import { pictureLackOf } from './file-refusals.ts';
import { scopeRemedy } from './refusals.ts';

export interface PictureParts {
  readonly client: webApi.WebClient;
  readonly log: Logger;
  readonly sleep: Sleep;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

export interface Pictures {
  /** Id of the posting's picture, from an earlier try or a new upload. Undefined if the upload failed. */
  upload(key: string, name: string, png: Uint8Array): Promise<string | undefined>;
  /** Polls once a second until Slack has processed the file; false after `polls` polls or a refusal. */
  processed(fileId: string, polls: number): Promise<boolean>;
  /** Id of the posting's file, if it is uploaded and not forgotten. */
  uploaded(key: string): string | undefined;
  /** Why Slack takes no pictures, by the posting's key or the file's id, if a person can change it. */
  lackOf(id: string): Lack | undefined;
  /** Forgets the file of a picture that was posted. */
  forget(key: string): void;
}

const POLL_INTERVAL_MS = 1_000;
const MAX_REMEMBERED_FILES = 200;

/** Log fields of a fault, with the remedy for a missing scope. */
const faultFields = (fault: SlackFault, scope: string): { fault: string; remedy?: string } => ({
  fault: faultText(fault),
  ...(fault.kind === 'refused' && fault.code === 'missing_scope' ? { remedy: scopeRemedy(scope) } : {}),
});

/**
 * Uploads pictures as files without a channel, to be shown by image blocks: a bot on a private machine has no public URL
 * for an image_url. Nothing here rejects, because a card can be posted without its picture.
 */
export const createPictures = ({ client, log, sleep, signal, timeoutMs }: PictureParts): Pictures => {
  const uploaded = createLru<string, string>(MAX_REMEMBERED_FILES);
  const lacks = createLru<string, Lack>(MAX_REMEMBERED_FILES);

  const noteLack = (id: string, fault: SlackFault, scope: string): void => {
    const lack = pictureLackOf(fault, scope);
    if (lack) lacks.set(id, lack);
  };

  const uploadFile = async (name: string, png: Uint8Array): Promise<string> => {
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
        const fileId = await uploadFile(name, png);
        uploaded.set(key, fileId);
        return fileId;
      } catch (error) {
        const fault = slackFault(error);
        noteLack(key, fault, 'files:write');
        log.warn({ key, ...faultFields(fault, 'files:write') }, 'slack picture upload failed');
        return undefined;
      }
    },

    processed: async (fileId, polls) => {
      for (let poll = 0; poll < polls && !signal.aborted; poll += 1) {
        if (poll > 0) await sleep(POLL_INTERVAL_MS, signal);
        try {
          if (fileState.parse(await client.files.info({ file: fileId })).processed) return true;
        } catch (error) {
          const fault = slackFault(error);
          if (fault.kind === 'refused') {
            noteLack(fileId, fault, 'files:read');
            log.warn({ fileId, ...faultFields(fault, 'files:read') }, 'slack picture status unavailable');
            return false;
          }
        }
      }
      return false;
    },

    uploaded: (key) => uploaded.get(key),

    lackOf: (id) => lacks.get(id),
    forget: (key) => void uploaded.delete(key),
  };
};
