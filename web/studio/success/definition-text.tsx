import { type KeyboardEvent, type Ref, useImperativeHandle, useRef } from 'react';
import styles from './editor.module.css';
import { type Finding, findingAfter, markedLines, offsetOf } from './view.ts';

export interface DefinitionTextHandle {
  /** Moves the caret to a finding, selects what it is about and brings it into view. */
  readonly go: (finding: Finding) => void;
}

interface Props {
  readonly id: string;
  readonly text: string;
  readonly findings: readonly Finding[];
  readonly onText: (text: string) => void;
  readonly ref: Ref<DefinitionTextHandle>;
}

/**
 * The text to write in, with the places of findings marked in it: the same text lies behind the field, see-through but
 * for its marks. F8 goes to the next finding, with Shift to the one before, and round at the ends.
 */
export const DefinitionText = ({ id, text, findings, onText, ref }: Props) => {
  const field = useRef<HTMLTextAreaElement>(null);
  const behind = useRef<HTMLPreElement>(null);
  const go = (finding: Finding): void => {
    const at = offsetOf(text, finding.line, finding.column);
    const end = Math.max(at + 1, offsetOf(text, finding.end_line, finding.end_column));
    field.current?.focus({ preventScroll: true });
    field.current?.setSelectionRange(at, end);
    const mark = behind.current?.querySelector(`[data-place="${placeOf(finding)}"]`);
    mark?.scrollIntoView({ block: 'center', inline: 'nearest' });
    if (field.current && behind.current) field.current.scrollLeft = behind.current.scrollLeft;
  };
  useImperativeHandle(ref, () => ({ go }));
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key !== 'F8') return;
    event.preventDefault();
    const next = findingAfter(text, findings, event.currentTarget.selectionStart, event.shiftKey ? -1 : 1);
    if (next !== undefined) go(next);
  };
  const lines = markedLines(text, findings).map((marks, n) => ({ number: n + 1, marks }));
  return (
    <div className={styles['writing']}>
      <pre ref={behind} aria-hidden="true">
        {lines.map(({ number, marks }) => (
          <span key={number}>
            {marks.map(({ at, text: part, finding }) =>
              finding === null ? (
                part
              ) : (
                <mark key={at} className={styles[finding.severity]} data-place={placeOf(finding)}>
                  {part}
                </mark>
              ),
            )}
            {'\n'}
          </span>
        ))}
      </pre>
      <textarea
        id={id}
        ref={field}
        className={styles['editor']}
        value={text}
        spellCheck={false}
        wrap="off"
        rows={text.split('\n').length + 1}
        onChange={({ currentTarget }) => onText(currentTarget.value)}
        onScroll={({ currentTarget }) => {
          if (behind.current) behind.current.scrollLeft = currentTarget.scrollLeft;
        }}
        onKeyDown={onKeyDown}
        aria-invalid={findings.some(({ severity }) => severity === 'error')}
        aria-describedby={`${id}-found`}
      />
    </div>
  );
};

const placeOf = ({ line, column }: Finding): string => `${line}:${column}`;
