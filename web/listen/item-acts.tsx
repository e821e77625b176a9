import { useNavigate } from '@tanstack/react-router';
import type { ItemSummary } from '#api';
import { askingWhy } from '../address.ts';
import { IconButton } from '../components/button.tsx';
import { noteReaction, type Where } from './events/tell.ts';
import type { Feelings } from './feelings.ts';
import type { React } from './use-reactions.ts';

/** Like, hide, and why: on every card, by pointer, touch and keyboard alike. */
export const ItemActs = ({
  userId,
  item,
  where,
  feelings,
  react,
}: {
  userId: string;
  item: ItemSummary;
  where: Where;
  feelings: Feelings;
  react: React;
}) => {
  const navigate = useNavigate();
  const liked = feelings.liked.has(item.item_id);
  const hidden = feelings.hidden.has(item.item_id);
  const slateId = where.place?.slateId;
  const askWhy = (of: string) => {
    noteReaction(userId, 'why', item.item_id, where);
    void navigate({ to: '.', search: askingWhy(of, item.item_id) });
  };
  return (
    <>
      <IconButton
        icon="like"
        solid={liked}
        label={`${liked ? 'Take back like of' : 'Like'} ${item.title}`}
        aria-pressed={liked}
        onClick={() => void react(liked ? 'unlike' : 'like', item, where)}
      />
      <IconButton
        icon="hide"
        label={`${hidden ? 'Show again' : 'Hide'} ${item.title}`}
        aria-pressed={hidden}
        onClick={() => void react(hidden ? 'unhide' : 'hide', item, where)}
      />
      {slateId !== undefined && <IconButton icon="why" label={`Why ${item.title}?`} onClick={() => askWhy(slateId)} />}
    </>
  );
};
