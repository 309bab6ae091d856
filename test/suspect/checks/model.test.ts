import { testPlants } from '../plants/plant';
import { MODEL_PLANTS } from '../plants/model-plants';

testPlants(MODEL_PLANTS);
