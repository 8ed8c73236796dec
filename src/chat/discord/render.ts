import {
  type APIComponentInContainer,
  ComponentType,
  MessageFlags,
  type RESTPostAPIChannelMessageJSONBody,
  SeparatorSpacingSize,
} from 'discord.js';
import type { Posting } from '../platform.ts';
import { draftOf } from './draft.ts';
import { clip } from './escape.ts';
import { fitTexts, type Texts } from './fit.ts';
import { TONES } from './tones.ts';

/** What one posting sends: the JSON body, and the picture it points at. */
export interface Rendered {
  readonly body: RESTPostAPIChannelMessageJSONBody;
  readonly files: readonly { readonly name: string; readonly data: Uint8Array; readonly contentType: 'image/png' }[];
}

/** Discord's limits for a message of Components V2; the alternative text is counted with the texts, to be on the safe side. */
const MOST_CHARACTERS = 4_000;
const MOST_ALT = 1_024;
const MOST_FILE_BYTES = 10 * 1024 * 1024;

/**
 * One card as one message of Components V2: a container edged in the card's tone. The title is the first text,
 * since that is what a notification shows. `nonce` with `enforce_nonce` makes a repeated try answer the first message.
 */
export const render = ({ card, png, key }: Pick<Posting, 'card' | 'png' | 'key'>): Rendered => {
  const picture = card.picture !== undefined && png !== undefined && png.length <= MOST_FILE_BYTES;
  const alt = picture ? clip(card.picture.alt, MOST_ALT) : '';
  const name = `${card.picture?.name.replaceAll(/[^a-z0-9-]/g, '') || 'chart'}.png`;
  const texts = fitTexts(draftOf(card), MOST_CHARACTERS - alt.length);
  return {
    body: {
      flags: MessageFlags.IsComponentsV2,
      components: [
        {
          type: ComponentType.Container,
          accent_color: TONES[card.tone],
          components: componentsOf(texts, picture ? { name, alt } : undefined),
        },
      ],
      ...(picture ? { attachments: [{ id: '0', filename: name }] } : {}),
      allowed_mentions: { parse: [] },
      nonce: key,
      enforce_nonce: true,
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

const text = (content: string): APIComponentInContainer[] =>
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
