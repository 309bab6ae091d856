import { testPlants } from '../plants/plant';
import { DATA_PLANTS } from '../plants/data-plants';

testPlants(DATA_PLANTS);
