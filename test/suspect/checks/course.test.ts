import { testPlants } from '../plants/plant';
import { COURSE_PLANTS } from '../plants/course-plants';

testPlants(COURSE_PLANTS);
