/** One question after the other, at a terminal. */

import { createInterface } from 'node:readline/promises';
import { addJudgments, documentTexts, type OpenQuestion, type TopicText } from '#jobs';
import type { Terminal } from './terminal.ts';

/** Each answer is written at once: who stops loses nothing. */
export const askAssessor = async (
  folder: string,
  assessor: string,
  topics: readonly TopicText[],
  questions: readonly OpenQuestion[],
  terminal: Terminal,
): Promise<void> => {
  const texts = await documentTexts(folder);
  const titles = new Map(topics.map(({ id, title, description }) => [id, `${title}: ${description}`]));
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    let topic = '';
    for (const [n, question] of questions.entries()) {
      if (question.topic !== topic) terminal.talk(`\n${titles.get(question.topic) ?? question.topic}\n`);
      topic = question.topic;
      terminal.talk(`  ${question.document}  ${texts.get(question.document) ?? ''}`);
      const answer = await ask(lines, `  ${n + 1}/${questions.length}, a level from 0 up, s to skip, q to stop: `);
      if (answer === 'q') return;
      if (answer !== 's') await addJudgments(folder, assessor, [{ ...question, level: Number(answer) }]);
    }
  } finally {
    lines.close();
  }
};

const ask = async (lines: { question: (text: string) => Promise<string> }, text: string): Promise<string> => {
  for (;;) {
    const answer = (await lines.question(text)).trim();
    if (/^(\d+|s|q)$/.test(answer)) return answer;
  }
};
