import { testPlants } from '../plants/plant';
import { VALIDATION_PLANTS } from '../plants/validation-plants';

testPlants(VALIDATION_PLANTS);
