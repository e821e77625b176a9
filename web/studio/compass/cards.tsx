import type { CompassWire } from '#api';
import styles from './page.module.css';
import { type CompassCard, cardLines, flagWords } from './view.ts';

const Card = ({ card, outcome }: { card: CompassCard; outcome: string }) => (
  <article className={styles['card']}>
    <h3>{card.metric}</h3>
    <dl>
      {cardLines(card, outcome).map(([name, words]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
    {card.flags.length > 0 && (
      <ul className={styles['flags']}>
        {card.flags.map((flag) => (
          <li key={flag.kind}>{flagWords(flag, outcome)}</li>
        ))}
      </ul>
    )}
  </article>
);

/** A card for each metric. */
export const Cards = ({ compass: { cards, outcome } }: { compass: CompassWire }) => (
  <section aria-labelledby="cards">
    <h2 id="cards" className={styles['heading']}>
      Metrics
    </h2>
    {cards.length === 0 ? (
      <p className={styles['soft']}>The corpus has no metric beside the outcome.</p>
    ) : (
      <div className={styles['cards']}>
        {cards.map((card) => (
          <Card key={card.metric} card={card} outcome={outcome} />
        ))}
      </div>
    )}
  </section>
);
