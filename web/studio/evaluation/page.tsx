import { PageHead } from '../../components/page-head.tsx';
import { Collections } from './collections.tsx';
import { JudgeForm } from './judge-form.tsx';

/** Studio: how good rankings are, and who is better. */
export const EvaluationPage = () => (
  <>
    <PageHead
      over="Studio"
      title="Evaluation"
      lede="How good a ranking is, who is better, and whether chance explains it."
    />
    <JudgeForm />
    <Collections />
  </>
);
