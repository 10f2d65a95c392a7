/** How well the units of a network follow something: as the page measures it, chosen on one half of a text, scored on the other. */
import type { BandName } from '../../src/model/cells';
import { areaUnderCurve, ascending } from '../../src/model/inspect/follow';
import { rankUnitsInSteps } from '../../src/model/inspect/ranking';
import type { Ranking } from '../../src/model/telemetry';
import type { UnitSeries } from '../../src/model/inspect/unitSeries';
import type { LabelName } from '../../src/model/text/labels';
import { finish } from './steps';
import type { Feature } from './features';
import type { Reading } from './training';

/** One band alone. */
export const bandOf = (series: UnitSeries, band: BandName): UnitSeries => {
  const { bands, H, characters, values } = series;
  const k = bands.indexOf(band);
  if (k < 0) throw new RangeError(`The cell has no ${band}`);
  return { ...series, bands: [band], values: values.subarray(k * H * characters, (k + 1) * H * characters) };
};

/** The unit whose band follows a label best; of a label of kinds, the first kind. */
export const follower = ({ series, labels }: Reading, band: BandName, label: LabelName): Ranking => {
  const values = labels.get(label);
  if (!values) throw new RangeError(`The text has no label ${label}`);
  return finish(rankUnitsInSteps(bandOf(series, band), new Map([[label, values]])))[0];
};

/**
 * How well the band of the unit that follows a feature best does so: area under the ROC curve; the places of the series
 * where the feature says something are halved.
 */
export const following = ({ series, characters }: Reading, band: BandName, feature: Feature): number => {
  const says = feature(characters);
  const places = Array.from(series.places.keys()).filter((i) => !Number.isNaN(says[series.places[i]]));
  const { H, values } = bandOf(series, band);
  const half = places.length >> 1;
  const area = (unit: number, of: readonly number[]): number => {
    const sorted = ascending(Float32Array.from(of, (i) => values[unit * series.characters + i]));
    return areaUnderCurve(sorted, (k) => says[series.places[of[k]]] === 1);
  };
  const chosen = Array.from({ length: H }, (_, unit) => area(unit, places.slice(0, half)));
  const distance = (one: number): number => Math.abs(one - 0.5);
  const unit = chosen.reduce((best, one, u) => (distance(one) > distance(chosen[best]) ? u : best), 0);
  const held = area(unit, places.slice(half));
  return chosen[unit] >= 0.5 ? held : 1 - held;
};

/** Quantiles of the size of a band's numbers, over all units and characters. */
export const sizes = ({ series }: Reading, band: BandName): ((share: number) => number) => {
  const sorted = bandOf(series, band).values.map(Math.abs).sort();
  return (share) => sorted[Math.round(share * (sorted.length - 1))];
};
