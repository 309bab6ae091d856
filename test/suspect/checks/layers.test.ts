import { testPlants } from '../plants/plant';
import { LAYER_PLANTS } from '../plants/layer-plants';

testPlants(LAYER_PLANTS);
