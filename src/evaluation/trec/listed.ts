/** Runs and judgments as lists of names: what pools and assessments are made of. */

import { textOf } from './bytes.ts';
import type { DocumentRows } from './document-rows.ts';
import { orderDocuments } from './ordered-documents.ts';
import type { Run } from './read-run.ts';
import { rowsOf, type TopicRows } from './topic-rows.ts';

const nameAt = ({ names, starts }: DocumentRows, row: number): string => textOf(names, starts[row]!, starts[row + 1]!);

/** The first documents of each topic, best first, in the order in which runs are judged. */
export const rankedDocuments = (run: Run, depth: number): Map<string, string[]> =>
  new Map(
    run.topics.map((topic) => [
      topic.name,
      Array.from(orderDocuments(run, rowsOf(topic), depth, 'later_name_first').rows, (row) => nameAt(run, row)),
    ]),
  );

/** Levels by document, by topic; of one that is judged twice the later one. */
export const topicLevels = (judgments: TopicRows): Map<string, Map<string, number>> =>
  new Map(
    judgments.topics.map((topic) => [
      topic.name,
      new Map(Array.from(rowsOf(topic), (row) => [nameAt(judgments, row), judgments.values[row]!] as const)),
    ]),
  );
