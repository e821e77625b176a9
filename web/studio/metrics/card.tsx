import type { FigureWire, MetricWire } from '#api';
import { unsnake } from '../../words.ts';
import styles from './page.module.css';
import { oppositeReadings, POLARITY_WORDS } from './view.ts';

/** The card of a metric: what it asks, what it counts, how it misleads; beside the number it explains. */
export const MetricCard = ({ metric, figures }: { metric: MetricWire; figures: readonly FigureWire[] }) => {
  const readings = oppositeReadings(figures);
  return (
    <aside className={styles['card']} aria-label={`Card of ${metric.title}`}>
      <p className={styles['over']}>{unsnake(metric.family)}</p>
      <h2>{metric.question}</h2>
      <code>{metric.name}</code>
      <dl>
        <dt>Counts</dt>
        <dd>{metric.numerator}</dd>
        <dt>Of</dt>
        <dd>{metric.denominator}</dd>
        <dt>Window</dt>
        <dd>{metric.window}</dd>
        <dt>Interval</dt>
        <dd>{metric.variance}</dd>
        <dt>Reading</dt>
        <dd>{POLARITY_WORDS[metric.polarity]}</dd>
      </dl>
      {readings.length > 0 && (
        <section aria-label="Opposite readings" className={styles['opposite']}>
          <h3>The same figure means different things here</h3>
          <ul>
            {readings.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </section>
      )}
      <h3>How it misleads</h3>
      <ul>
        {metric.failure_modes.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </aside>
  );
};
