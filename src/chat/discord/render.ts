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
import { edgeOf } from '../../cards/edge.ts';
import { omittedRowsOf } from '../../cards/omitted-rows.ts';
import { clipLine } from '../plain-text.ts';
import type { Posting } from '../platform.ts';
import { buttonRows } from './buttons.ts';
import { draftOf } from './draft.ts';
import { fitTexts, type Texts } from './fit.ts';
import { cardNumber, isSnowflake } from './ids.ts';

/** What a message shows: its part of the JSON body, and the picture as a file. */
export interface MessageContent {
  readonly body: {
    readonly components: APIMessageTopLevelComponent[];
    /** Empty without a picture, which removes the picture of an edited message. */
    readonly attachments: RESTAPIAttachment[];
    readonly allowed_mentions: APIAllowedMentions;
  };
  readonly files: readonly { readonly name: string; readonly data: Uint8Array; readonly contentType: 'image/png' }[];
}

/** The request of one posting. */
export interface Rendered {
  readonly body: RESTPostAPIChannelMessageJSONBody;
  readonly files: MessageContent['files'];
}

/** Discord's limits for a Components V2 message. We count the alternative text as text, to be safe. */
const MAX_CHARACTERS = 4_000;
const MAX_COMPONENTS = 40;
const MAX_ALT_LENGTH = 1_024;
const MAX_FILE_BYTES = 10 * 1024 * 1024;
/** Components besides sections: container, title, lead, gallery, ping, footer and its separator, note on missing sections and its separator. */
const FIXED_COMPONENTS = 9;
/** Characters reserved for `<@&`, a role's id and `>`. */
const PING_LENGTH = 30;
const MAX_SECTIONS = 12;

/** Rendered content by card, so that a card for many channels is rendered once. */
const contentCache = new WeakMap<Card, { readonly png: Uint8Array | undefined; readonly content: MessageContent }>();

const cachedContent = (card: Card, png: Uint8Array | undefined): MessageContent => {
  const cached = contentCache.get(card);
  if (cached && cached.png === png) return cached.content;
  const content = renderContent(card, png, PING_LENGTH);
  contentCache.set(card, { png, content });
  return content;
};

/**
 * A card as one Components V2 message: a container with the card's accent colour. Title and lead are the first text, because
 * notifications show that one; the ping comes below the card. With `nonce` and `enforce_nonce`, Discord answers a repeated
 * post with the first message.
 */
export const render = ({
  card,
  png,
  key,
  ping,
  repliesTo,
}: Pick<Posting, 'card' | 'png' | 'key' | 'ping' | 'repliesTo'>): Rendered => {
  const { body, files } = cachedContent(card, png);
  const role = ping !== undefined && isSnowflake(ping) ? ping : undefined;
  const marked = body.components.map((part) =>
    part.type === ComponentType.Container ? { ...part, id: cardNumber(key) } : part,
  );
  return {
    body: {
      ...body,
      components: role === undefined ? marked : [...marked, ...text(`<@&${role}>`)],
      allowed_mentions: {
        ...(role === undefined ? body.allowed_mentions : { parse: [], roles: [role] }),
        ...(repliesTo !== undefined && { replied_user: false }),
      },
      flags: MessageFlags.IsComponentsV2,
      nonce: key,
      enforce_nonce: true,
      // The card is posted also if that message is gone, and rings for nobody by answering it.
      ...(repliesTo !== undefined && { message_reference: { message_id: repliesTo, fail_if_not_exists: false } }),
    },
    files,
  };
};

/** The content of a post or an answer. `reserved`: characters left free for other texts. */
export const renderContent = (card: Card, png: Uint8Array | undefined, reserved = 0): MessageContent => {
  const picture = card.picture !== undefined && png !== undefined && png.length <= MAX_FILE_BYTES;
  const alt = picture ? clipLine(card.picture.alt, MAX_ALT_LENGTH) : '';
  const name = `${card.picture?.name.replaceAll(/[^a-z0-9-]/g, '') || 'chart'}.png`;
  const rows = buttonRows(card.actions);
  const taken = rows.reduce((sum, { components }) => sum + 1 + components.length, FIXED_COMPONENTS);
  const bounds = {
    characters: MAX_CHARACTERS - alt.length - reserved,
    sections: Math.max(1, Math.min(MAX_SECTIONS, Math.floor((MAX_COMPONENTS - taken) / 2))),
  };
  const texts = fitTexts(draftOf(card), bounds, omittedRowsOf(card));
  return {
    body: {
      components: [
        {
          type: ComponentType.Container,
          accent_color: Number.parseInt(edgeOf(card).slice(1), 16),
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
  ...text([title, lead].filter((part) => part !== '').join('\n')),
  ...(picture === undefined ? [] : [gallery(picture.name, picture.alt)]),
  ...sections.flatMap((section, at) => [
    ...(at === 0 && !section.startsWith('```') ? [separator] : []),
    ...text(section),
  ]),
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
