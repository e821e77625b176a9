import { type Command, Option } from 'commander';
import type { Card, Shelf, Slate } from '#api';
import type { Flags } from '#app';
import { addDataOptions, type DataOptions, withConnection } from './data-options.ts';
import { columns, styled, type Terminal } from './terminal.ts';

const HELP = `
Examples:
  ritornello recommend --user me
  ritornello recommend --user me --surface weekly
  ritornello recommend --user me --surface radio --seed-item track:3n3Ppam7vgaVa1iaRUc9Lp
  ritornello recommend --user me --json | jq '.shelves[].cards[].item.title'

What is printed is a real slate: it is logged with its propensities, as every slate is.`;

interface RecommendOptions extends DataOptions {
  readonly user: string;
  readonly surface: 'home' | 'weekly' | 'radio';
  readonly seedItem?: string;
}

export const addRecommend = (verb: Command, terminal: Terminal): void => {
  const command = verb
    .requiredOption('--user <id>', 'the listener')
    .addOption(new Option('--surface <surface>', 'what to print').choices(['home', 'weekly', 'radio']).default('home'))
    .option('--seed-item <id>', 'item that a radio starts from');
  addDataOptions(command)
    .addHelpText('after', HELP)
    .action(async (options: RecommendOptions & Flags) => {
      if (options.seedItem !== undefined && options.surface !== 'radio') {
        command.error('error: --seed-item is for --surface radio');
      }
      const slate = await withConnection(options, terminal, (connection) =>
        connection.ask<Slate>({
          path: `/v1/users/${encodeURIComponent(options.user)}/${options.surface}`,
          query: { seed_item: options.seedItem },
        }),
      );
      terminal.print(options.json ? JSON.stringify(slate) : describe(slate, terminal.outIsTty));
    });
};

const describe = (slate: Slate, isTty: boolean): string => {
  const shelves = slate.shelves.map((shelf) => describeShelf(shelf, isTty));
  const rest = [`Rests on ${slate.basis.replaceAll('_', ' ')}; slate ${slate.slate_id}.`, ...slate.notices];
  return [...shelves, ...rest].join('\n\n');
};

const describeShelf = (shelf: Shelf, isTty: boolean): string => {
  const head = `${styled(shelf.title, 'bold', isTty)}  ${styled(shelf.need, 'dim', isTty)}`;
  return [head, columns(shelf.cards.map(describeCard)), shelf.short_because].filter((part) => part !== null).join('\n');
};

const describeCard = (card: Card): string[] => [
  String(card.slot + 1).padStart(4),
  card.item.artist === null || card.item.type === 'artist'
    ? card.item.title
    : `${card.item.title} – ${card.item.artist}`,
  card.explored ? '(exploring)' : '',
  card.explanation?.text ?? '',
];
