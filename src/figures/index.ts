export { confusion } from './confusion';
export { dataMap, type DataMapOptions } from './data-map';
export { difficultySlices } from './difficulty-slices';
export { experiment } from './experiment';
export { figure, type Figure, type Trace } from './figure';
export { labelConfusion } from './label-confusion';
export { layers } from './layers';
export { learningCurve, type CurveSubject, type LearningCurveOptions } from './learning-curve';
export { learningRate } from './learning-rate';
