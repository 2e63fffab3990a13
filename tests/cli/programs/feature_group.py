import boto3

definitions = [
    {"FeatureName": "id", "FeatureType": "Integral"},
    {"FeatureName": "at", "FeatureType": "String"},
]
definitions.append({"FeatureName": "spend", "FeatureType": "Fractional"})
sm = boto3.client("sagemaker")
sm.create_feature_group(
    FeatureGroupName="customers",
    RecordIdentifierFeatureName="id",
    EventTimeFeatureName="at",
    FeatureDefinitions=definitions,
    OnlineStoreConfig={"EnableOnlineStore": True},
    RoleArn="arn:aws:iam::123456789012:role/sagemaker",
)
store = boto3.client("sagemaker-featurestore-runtime")
store.put_record(FeatureGroupName="customers", Record=[{"FeatureName": "id", "ValueAsString": "1"}])
