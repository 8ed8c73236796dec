import {
  type APIAllowedMentions,
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
  type APITextDisplayComponent,
  ComponentType,
  MessageFlags,
  type RESTAPIAttachment,
  type RESTPostAPIChannelMessageJSONBody,
  SeparatorSpacingSize,
} from 'discord.js';
import type { Card } from '../../cards/card.ts';
import { omittedRowsOf } from '../../cards/omitted-rows.ts';
import type { Posting } from '../platform.ts';
import { buttonRows } from './buttons.ts';
import { draftOf } from './draft.ts';
import { clip } from './escape.ts';
import { fitTexts, type Texts } from './fit.ts';
import { isSnowflake } from './snowflake.ts';
import { TONES } from './tones.ts';

/** What one message shows: its part of the JSON body, and the picture that it points at. */
export interface MessageContent {
  readonly body: {
    readonly components: APIMessageTopLevelComponent[];
    /** Empty where there is no picture: an edited message then loses the one it had. */
    readonly attachments: RESTAPIAttachment[];
    readonly allowed_mentions: APIAllowedMentions;
  };
  readonly files: readonly { readonly name: string; readonly data: Uint8Array; readonly contentType: 'image/png' }[];
}

/** What one posting sends. */
export interface Rendered {
  readonly body: RESTPostAPIChannelMessageJSONBody;
  readonly files: MessageContent['files'];
}

/** Discord's limits for a message of Components V2; the alternative text is counted with the texts, to be on the safe side. */
const MOST_CHARACTERS = 4_000;
const MOST_COMPONENTS = 40;
const MOST_ALT = 1_024;
const MOST_FILE_BYTES = 10 * 1024 * 1024;
/** Container, title, lead, gallery, who is pinged, the footer with its line, and the line and text that say how many sections are missing. */
const COMPONENTS_BESIDE = 9;
/** `<@&` and the id of a role. */
const ROOM_FOR_PING = 30;
const MOST_SECTIONS = 12;

/**
 * A number made of a posting's key. Its message carries it as its container's id, which people do not see and Discord
 * gives back with the message: that is how a message of ours is known again once its nonce is forgotten. FNV-1a, of 31
 * bits since Discord takes no more; above the small numbers that Discord gives to what has none.
 */
export const cardNumber = (key: string): number => {
  let hash = 0x811c9dc5;
  for (const character of key) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return (hash & 0x7fffffff) | 0x10000;
};

/** One picture-and-text of a card for all channels that get it. */
const shownCards = new WeakMap<Card, { readonly png: Uint8Array | undefined; readonly shown: MessageContent }>();

const shownOnce = (card: Card, png: Uint8Array | undefined): MessageContent => {
  const known = shownCards.get(card);
  if (known && known.png === png) return known.shown;
  const shown = show(card, png, ROOM_FOR_PING);
  shownCards.set(card, { png, shown });
  return shown;
};

/**
 * One card as one message of Components V2: a container edged in the card's tone. The title is the first text,
 * since that is what a notification shows; who is pinged comes below the card. `nonce` with `enforce_nonce` makes a
 * repeated try answer the first message.
 */
export const render = ({ card, png, key, ping }: Pick<Posting, 'card' | 'png' | 'key' | 'ping'>): Rendered => {
  const { body, files } = shownOnce(card, png);
  const role = ping !== undefined && isSnowflake(ping) ? ping : undefined;
  const marked = body.components.map((part) =>
    part.type === ComponentType.Container ? { ...part, id: cardNumber(key) } : part,
  );
  return {
    body: {
      ...body,
      components: role === undefined ? marked : [...marked, ...text(`<@&${role}>`)],
      allowed_mentions: role === undefined ? body.allowed_mentions : { parse: [], roles: [role] },
      flags: MessageFlags.IsComponentsV2,
      nonce: key,
      enforce_nonce: true,
    },
    files,
  };
};

/** A card as what a message shows: a post's and an answer's alike. `room` is left for other texts. */
export const show = (card: Card, png: Uint8Array | undefined, room = 0): MessageContent => {
  const picture = card.picture !== undefined && png !== undefined && png.length <= MOST_FILE_BYTES;
  const alt = picture ? clip(card.picture.alt, MOST_ALT) : '';
  const name = `${card.picture?.name.replaceAll(/[^a-z0-9-]/g, '') || 'chart'}.png`;
  const rows = buttonRows(card.actions);
  const taken = rows.reduce((sum, { components }) => sum + 1 + components.length, COMPONENTS_BESIDE);
  const bounds = {
    characters: MOST_CHARACTERS - alt.length - room,
    sections: Math.max(1, Math.min(MOST_SECTIONS, Math.floor((MOST_COMPONENTS - taken) / 2))),
  };
  const texts = fitTexts(draftOf(card), bounds, omittedRowsOf(card));
  return {
    body: {
      components: [
        {
          type: ComponentType.Container,
          accent_color: TONES[card.tone],
          components: [...componentsOf(texts, picture ? { name, alt } : undefined), ...rows],
        },
      ],
      attachments: picture ? [{ id: '0', filename: name }] : [],
      allowed_mentions: { parse: [] },
    },
    files: picture ? [{ name, data: png, contentType: 'image/png' }] : [],
  };
};

const componentsOf = (
  { title, lead, sections, footer }: Texts,
  picture: { readonly name: string; readonly alt: string } | undefined,
): APIComponentInContainer[] => [
  ...text(title),
  ...text(lead),
  ...(picture === undefined ? [] : [gallery(picture.name, picture.alt)]),
  ...sections.flatMap((section) => [separator, ...text(section)]),
  ...(footer === '' ? [] : [separator, ...text(footer)]),
];

const text = (content: string): APITextDisplayComponent[] =>
  content === '' ? [] : [{ type: ComponentType.TextDisplay, content }];

const gallery = (name: string, alt: string): APIComponentInContainer => ({
  type: ComponentType.MediaGallery,
  items: [{ media: { url: `attachment://${name}` }, ...(alt === '' ? {} : { description: alt }) }],
});

const separator: APIComponentInContainer = {
  type: ComponentType.Separator,
  divider: true,
  spacing: SeparatorSpacingSize.Small,
};
