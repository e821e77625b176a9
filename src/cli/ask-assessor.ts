/** One question after the other, at a terminal. */

import { createInterface } from 'node:readline';
import {
  addJudgments,
  addPartJudgments,
  documentTexts,
  type OpenQuestion,
  type OpenRecording,
  parseParts,
  type TopicText,
  writeTime,
} from '#jobs';
import type { Terminal } from './terminal.ts';

/** What is asked of a kind of collection, and what becomes of an answer. */
interface Asking<Question> {
  readonly about: (question: Question) => string;
  readonly expected: string;
  /** Keeps the answer; false when it is none. */
  readonly take: (question: Question, answer: string) => Promise<boolean>;
}

interface Assessment<Question> {
  readonly folder: string;
  readonly assessor: string;
  readonly topics: readonly TopicText[];
  readonly questions: readonly Question[];
}

export const askLevels = (assessment: Assessment<OpenQuestion>, terminal: Terminal): Promise<number> =>
  ask(assessment, terminal, {
    about: ({ document }) => document,
    expected: 'a level from 0 up',
    take: async (question, answer) => {
      if (!/^\d+$/.test(answer)) return false;
      await addJudgments(assessment.folder, assessment.assessor, [{ ...question, level: Number(answer) }]);
      return true;
    },
  });

export const askParts = (assessment: Assessment<OpenRecording>, terminal: Terminal): Promise<number> =>
  ask(assessment, terminal, {
    about: ({ document, spans }) =>
      `${document}  ${spans.map(({ start, end }) => `${writeTime(start)}-${writeTime(end)}`).join(', ')}`,
    expected: 'relevant parts as 0.48-4.52, 12.00-13.30 (MINUTES.SECONDS), 0 for none',
    take: async (question, answer) => {
      const parts = answer === '0' ? [] : parseParts(answer);
      if (parts === undefined) return false;
      await addPartJudgments(assessment.folder, assessment.assessor, [{ ...question, parts }]);
      return true;
    },
  });

/** Each answer is written at once: who stops, or goes away, loses nothing. Resolves with the questions answered. */
const ask = async <Question extends OpenQuestion>(
  { folder, topics, questions }: Assessment<Question>,
  terminal: Terminal,
  { about, expected, take }: Asking<Question>,
): Promise<number> => {
  const texts = await documentTexts(folder);
  const titles = new Map(topics.map(({ id, title, description }) => [id, `${title}: ${description}`]));
  const lines = createInterface({ input: terminal.input ?? process.stdin });
  // Lines are kept from the first on: those typed ahead answer the questions that follow.
  const typed = lines[Symbol.asyncIterator]();
  let answered = 0;
  try {
    let topic = '';
    for (const [n, question] of questions.entries()) {
      if (question.topic !== topic) terminal.talk(`\n${titles.get(question.topic) ?? question.topic}\n`);
      topic = question.topic;
      terminal.talk(`  ${about(question)}  ${texts.get(question.document) ?? ''}`);
      const prompt = `  ${n + 1}/${questions.length}: ${expected}; s to skip, q to stop`;
      const outcome = await askUntilTaken(prompt, { typed, terminal, take: (answer) => take(question, answer) });
      if (outcome === 'stopped') break;
      if (outcome === 'taken') answered++;
    }
    return answered;
  } finally {
    lines.close();
  }
};

interface Asked {
  readonly typed: AsyncIterator<string>;
  readonly terminal: Terminal;
  readonly take: (answer: string) => Promise<boolean>;
}

/** Again and again until the answer is one; no more input is the wish to stop. */
const askUntilTaken = async (
  prompt: string,
  { typed, terminal, take }: Asked,
): Promise<'taken' | 'skipped' | 'stopped'> => {
  for (;;) {
    terminal.talk(prompt);
    const line = await typed.next();
    const answer = line.done === true ? 'q' : line.value.trim();
    if (answer === 'q') return 'stopped';
    if (answer === 's') return 'skipped';
    if (await take(answer)) return 'taken';
  }
};
