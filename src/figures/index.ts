export { confusion } from './confusion';
export { difficultySlices } from './difficulty-slices';
export { experiment } from './experiment';
export { figure, type Figure, type Trace } from './figure';
export { forecast } from './forecast';
export { labelConfusion } from './label-confusion';
export { layers } from './layers';
export { learningCurve, type CurveSubject, type LearningCurveOptions } from './learning-curve';
