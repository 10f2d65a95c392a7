/** Which unit follows what: found by the worker, selected here until the reader chooses another one. */
import type { Question, Ranking } from '../model/telemetry';
import { LABELS } from '../model/text/labels';
import { shownRun, type Facts } from './state';

const isOf = (ranking: Ranking, { label, kind }: Question): boolean => ranking.label === label && ranking.kind === kind;

const NONE: readonly Ranking[] = [];

/** Rankings of the layer that is looked at; none while they are of another one. */
export const rankingsOf = (state: Facts): readonly Ranking[] => {
  const known = shownRun(state)?.unitRankings ?? null;
  return known?.layer === state.selection.layer ? known.rankings : NONE;
};

/** A score is no number where the label does not change in the text that is scored. */
const best = (rankings: readonly Ranking[]): Ranking | null =>
  rankings
    .filter(({ score }) => !Number.isNaN(score))
    .reduce<Ranking | null>((a, b) => (a === null || b.score > a.score ? b : a), null);

/** What the selected unit follows best of all; null where the reader has chosen it, or nothing is known yet. */
export const followed = (state: Facts): Ranking | null => {
  const { follows } = state.selection;
  const rankings = rankingsOf(state);
  if (follows === null) return null;
  if (follows !== 'promised') return rankings.find((ranking) => isOf(ranking, follows)) ?? null;
  const corpus = shownRun(state)?.description?.settings.corpus;
  const promised = state.catalogue.find(({ id }) => id === corpus)?.promises[0];
  return best(rankings.filter(({ label }) => promised === undefined || label === promised.label)) ?? best(rankings);
};

/** What is looked for: what the selected unit follows, or would where the reader had not chosen another one. */
export const lookedFor = (state: Facts): Ranking | null =>
  followed(state) ?? followed({ ...state, selection: { ...state.selection, follows: 'promised' } });

/** From here on a unit is said to follow something: an area, or a correlation. */
const FOLLOWS = { area: 0.9, correlation: 0.8 };

export const doesFollow = ({ label, score }: Ranking): boolean =>
  score >= (LABELS[label] === 'count' ? FOLLOWS.correlation : FOLLOWS.area);

/** The selection with the unit that follows what is wished. */
export const selectFollowed = (state: Facts): Facts['selection'] => {
  const { selection } = state;
  const unit = followed(state)?.unit ?? selection.unit;
  return unit === selection.unit ? selection : { ...selection, unit };
};
